import ArgumentParser
import Configuration
import Foundation
import Logging
import PatchbayHTTP
import PatchbayHost
import PatchbaySDK

/// Where and how to serve. What isn't given here comes from the environment (`PATCHBAY_PORT`), then from the manifest.
struct ServeOptions: ParsableArguments {
    @Option(help: "The manifest. [PATCHBAY_MANIFEST, else manifest.json]")
    var manifest: String?

    @Option(help: "The address to listen on. [PATCHBAY_HOST]")
    var host: String?

    @Option(help: "The port to listen on; 0 takes any free one. [PATCHBAY_PORT]")
    var port: Int?

    @Option(help: "The database file. [PATCHBAY_STORE]")
    var store: String?

    @Option(help: "How browsers reach the portal, such as https://portal.example. [PATCHBAY_PUBLIC_URL]")
    var publicURL: String?

    @Option(help: "The certificate chain for TLS, a PEM file. [PATCHBAY_TLS_CERTIFICATE]")
    var tlsCertificate: String?

    @Option(help: "The private key for TLS, a PEM file. [PATCHBAY_TLS_KEY]")
    var tlsKey: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical. [PATCHBAY_LOG_LEVEL, else info]")
    var logLevel: String?

    /// Reads everything, flags before environment before manifest.
    ///
    /// - Throws: `Decline` for a manifest that can't be used, `PlainError` for a value that can't.
    func resolved() throws -> Resolved {
        let given: [String: String?] = [
            "manifest": manifest, "host": host, "port": port.map(String.init), "store": store, "public.url": publicURL,
            "tls.certificate": tlsCertificate, "tls.key": tlsKey, "log.level": logLevel,
        ]
        let outer = Layers([given.compactMapValues(\.self)], environment: ProcessInfo.processInfo.environment)
        let manifest = try Manifest(readingFrom: outer["manifest"] ?? "manifest.json")
        let written: [String: String?] = [
            "host": manifest.listen.host, "port": String(manifest.listen.port), "store": manifest.store,
            "public.url": manifest.publicURL, "tls.certificate": manifest.tls?.certificate,
            "tls.key": manifest.tls?.key,
        ]
        let layers = Layers(
            [given.compactMapValues(\.self), written.compactMapValues(\.self)],
            environment: ProcessInfo.processInfo.environment)
        let embedding = try EmbeddingSettings(of: manifest, environment: ProcessInfo.processInfo.environment)
        return try Resolved(layers, manifest: manifest, embedding: embedding)
    }

    /// The settings that result.
    struct Resolved {
        let places: Portal.Places
        let server: ServerSettings
        let push: PushSetup?
        let logLevel: Logger.Level

        fileprivate init(_ layers: Layers, manifest: Manifest, embedding: EmbeddingSettings?) throws {
            guard let port = Int(layers["port"] ?? ""), (0...65535).contains(port) else {
                throw PlainError("The port must be a number from 0 to 65535.")
            }
            guard let level = Logger.Level(rawValue: layers["log.level"] ?? "info") else {
                throw PlainError("The log level must be trace, debug, info, notice, warning, error or critical.")
            }
            let publicURL = layers["public.url"]
            guard publicURL?.wholeMatch(of: /https?:\/\/[^\/?#]+(\/[^?#]*)?/) != nil || publicURL == nil else {
                throw PlainError("The public URL must be one as browsers know it, such as https://portal.example.")
            }
            push = PushSetup(of: manifest, by: PushClient())
            let tls = try Self.tls(certificate: layers["tls.certificate"], key: layers["tls.key"])
            places = Portal.Places(manifest: manifest.path, store: layers["store"] ?? "")
            server = ServerSettings(
                host: layers["host"] ?? "127.0.0.1", port: port, tls: tls, publicURL: publicURL,
                embedding: embedding)
            logLevel = level
        }

        private static func tls(certificate: String?, key: String?) throws -> ServerSettings.TLSFiles? {
            switch (certificate, key) {
            case (nil, nil): return nil
            case (let certificate?, let key?):
                return ServerSettings.TLSFiles(certificateChain: certificate, privateKey: key)
            default: throw PlainError("TLS needs both a certificate and its key.")
            }
        }
    }
}

/// Layers of settings: flags, then the environment, then what is written down.
private struct Layers {
    private let reader: ConfigReader

    /// - Parameter values: The first goes before the environment, the others after it.
    init(_ values: [[String: String]], environment: [String: String]) {
        let memories = values.map { values in
            InMemoryProvider(
                values: Dictionary(
                    uniqueKeysWithValues: values.map { key, value in
                        (AbsoluteConfigKey(Self.key(key)), ConfigValue(.string(value), isSecret: false))
                    }))
        }
        var providers: [any ConfigProvider] = memories.prefix(1).map { $0 }
        providers.append(EnvironmentVariablesProvider(environmentVariables: environment))
        providers += memories.dropFirst().map { $0 }
        reader = ConfigReader(providers: providers)
    }

    subscript(_ name: String) -> String? { reader.string(forKey: Self.key(name)) }

    private static func key(_ name: String) -> ConfigKey {
        ConfigKey(["patchbay"] + name.split(separator: ".").map(String.init))
    }
}
