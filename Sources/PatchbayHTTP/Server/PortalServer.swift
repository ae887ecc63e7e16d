import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import HummingbirdTLS
import Logging
import NIOCore
import PatchbayHost
import PatchbaySDK
import ServiceLifecycle

/// The portal's HTTP server, as a service: it runs until its service group shuts down.
///
/// On graceful shutdown it takes no more connections, ends event streams at once and lets other requests finish.
public struct PortalServer: Service {
    private let application: Application<PortalResponder>
    private let host: String
    private let port: Int

    /// - Parameter onRunning: Told the port once the server listens.
    /// - Throws: when the portal's own files or the TLS files can't be read.
    public init(
        portal: Portal, settings: ServerSettings, onRunning: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) throws {
        application = try Self.application(portal: portal, settings: settings, onRunning: onRunning)
        host = settings.host
        port = settings.port
    }

    /// Serves until the task is cancelled or the service group shuts down; open requests are then finished first.
    ///
    /// - Throws: `PortalError` (`server.cannot-listen`) when the address isn't to be had.
    public func run() async throws {
        do { try await application.run() } catch let error as IOError {
            throw StartFaults.listening(error, host: host, port: port)
        }
    }

    /// The same server for tests, which run it in their own way.
    static func application(
        portal: Portal, settings: ServerSettings, onRunning: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) throws -> Application<PortalResponder> {
        let changes = RegistryChanges(of: portal.plugins)
        let services = PortalServices(
            portal: portal, settings: settings, metrics: Metrics(),
            documents: try DocumentShelf(registry: portal.plugins, changes: changes),
            plugins: PluginSurface(registry: portal.plugins, changes: changes),
            authentication: Authentication(
                portal: portal, origin: SameOrigin(publicURL: settings.publicURL),
                embedding: CrossOrigin(origins: settings.embedding?.origins ?? [])),
            pages: AddressLimiter(perMinute: RequestLimit.pagesPerMinute, clock: portal.clock))
        return Application(
            responder: PortalResponder(services: services, assets: try AssetLibrary.bundled()),
            server: try server(settings),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 1024),
            onServerRunning: { onRunning($0.localAddress?.port ?? settings.port) },
            logger: portal.log)
    }

    private static func server(_ settings: ServerSettings) throws -> HTTPServerBuilder {
        let http1 = HTTP1Channel.Configuration(
            additionalChannelHandlers: [FirstHeaderDeadline(timeout: RequestLimit.headerTimeout)],
            idleTimeout: TimeAmount(RequestLimit.idleTimeout),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: RequestLimit.headersInBytes, maxHeaderListSize: RequestLimit.headersInBytes,
                maxHeaderFieldCount: RequestLimit.headerCount))
        guard let files = settings.tls else {
            return HTTPServerBuilder { OnEventLoop(connection: HTTP1Channel(responder: $0, configuration: http1)) }
        }
        var tls = try files.configuration()
        tls.minimumTLSVersion = .tlsv12
        let http2 = HTTP2ChannelConfiguration(
            idleTimeout: RequestLimit.idleTimeout, gracefulCloseTimeout: .seconds(5), streamConfiguration: http1)
        return HTTPServerBuilder { [tls] responder in
            OnEventLoop(
                connection: try HTTP2UpgradeChannel(
                    tlsConfiguration: tls, configuration: http2, responder: responder))
        }
    }
}
