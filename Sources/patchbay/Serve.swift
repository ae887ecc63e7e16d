import ArgumentParser
import Foundation
import Logging
import PatchbayHTTP
import PatchbayHost
import PatchbaySDK
import ServiceLifecycle
import UnixSignals

/// `patchbay serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the portal until SIGTERM or SIGINT; SIGHUP reads the manifest again.")

    @OptionGroup var options: ServeOptions

    func run() async throws {
        let resolved = try options.resolved()
        let store = resolved.places.store
        let isNew = !FileManager.default.fileExists(atPath: store)
        try await Serving(resolved).run { portal in
            guard isNew else { return }
            portal.log.notice(
                "a new, empty database was made; where one should be, look whether its disk is there",
                metadata: ["path": "\(store)"])
        } announcing: { address in
            print("Patchbay: \(address)")
        }
    }
}

/// A portal that serves: the host, its server and its signals, from start to end.
struct Serving {
    /// How long requests may go on after SIGTERM.
    private static let patience = Duration.seconds(10)

    private let settings: ServeOptions.Resolved
    private let clock: any PortalClock
    private let log: Logger

    init(_ settings: ServeOptions.Resolved, clock: any PortalClock = SystemClock()) {
        self.clock = clock
        self.settings = settings
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var log = Logger(label: "patchbay")
        log.logLevel = settings.logLevel
        self.log = log
    }

    /// Serves until a signal ends it.
    ///
    /// - Parameters:
    ///   - prepare: Called with the portal before its plugins start.
    ///   - follow: Called with the portal once its plugins run, before the server listens.
    ///   - announce: Called with the address once the server listens.
    func run(
        preparing prepare: (Portal) async throws -> Void = { _ in },
        following follow: (Portal) async throws -> Void = { _ in },
        announcing announce: @escaping @Sendable (String) -> Void
    ) async throws {
        try settings.server.tls?.check()
        // Kept to the end: it is what keeps a second server from the store.
        let lock = try ServingLock(store: settings.places.store)
        let outbound = OutboundClient()
        let network = OutboundNetworkClient()
        let portal = try Portal(settings.places, clock: clock, log: log, push: settings.push) { _, hosts in
            outbound.http(for: hosts)
        } makeNetwork: { _, hosts in
            network.network(for: hosts)
        }
        try await prepare(portal)
        await portal.startPlugins()
        try await follow(portal)
        let server = settings.server
        let services: [any Service] = [
            PortalWork(portal: portal), ManifestReloading(portal: portal),
            try PortalServer(portal: portal, settings: server) { port in
                announce(server.address(port: port))
                fflush(nil)
            },
        ]
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        configuration.maximumGracefulShutdownDuration = Self.patience
        try await ServiceGroup(configuration: configuration).run()
        try await portal.shutdown()
        try await outbound.shutdown()
        withExtendedLifetime(lock) {}
    }
}

/// The host's own background work, as a service.
private struct PortalWork: Service {
    let portal: Portal

    func run() async throws {
        await cancelWhenGracefulShutdown { await portal.run() }
    }
}

/// Reads the manifest again at SIGHUP.
private struct ManifestReloading: Service {
    let portal: Portal

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
                await portal.plugins.reload()
                // What can't be used is logged where it is found.
                if portal.plugins.manifestFault == nil { portal.log.info("manifest read again") }
            }
        }
    }
}
