import Foundation
import PatchbaySDK

/// A host that a plugin may send HTTP to, with the setting's value put in.
public struct OutboundAddress: Sendable, Hashable, CustomStringConvertible {
    /// In lower case; an IPv6 address without its brackets.
    public let host: String
    /// `nil` means the default port of the scheme.
    public let port: Int?
    /// Whether the operator lets the name lead to an address of a private network.
    public var mayBePrivate: Bool

    /// Names an address.
    ///
    /// - Parameters:
    ///   - host: In lower case; an IPv6 address without its brackets.
    ///   - mayBePrivate: Whether a name may lead to an address of a private network.
    public init(host: String, port: Int?, mayBePrivate: Bool = false) {
        self.host = host
        self.port = port
        self.mayBePrivate = mayBePrivate
    }

    /// `host:port`, or the host alone for the scheme's default port.
    public var description: String { port.map { "\(host):\($0)" } ?? host }
}

extension PluginDescription {
    /// The only addresses that the plugin may send HTTP to, with `settings`.
    ///
    /// A setting that is missing or whose value has no host adds nothing.
    public func outboundAddresses(with settings: Settings) -> Set<OutboundAddress> {
        Set(
            outboundHosts.compactMap { host in
                var address: OutboundAddress? =
                    switch host {
                    case .named(let name): OutboundAddress(authority: name)
                    case .setting(let key): settings.json[key]?.string.flatMap { OutboundAddress(url: $0) }
                    }
                if let name = address?.host { address?.mayBePrivate = privateHosts.contains(name) }
                return address
            })
    }
}

extension OutboundAddress {
    /// Reads `name` or `name:port`.
    init?(authority: String) { self.init(url: "http://" + authority) }

    /// Takes the address out of a URL.
    init?(url: String) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else { return nil }
        self.init(host: host.trimmingCharacters(in: ["[", "]"]).lowercased(), port: parts.port)
    }
}
