import Foundation
import PatchbayHost
import PatchbaySDK

/// Keeps plugins to the hosts that they declare. Redirects aren't followed, so the first address is the only one.
enum OutboundGuard {
    /// - Returns: the declared host, and the address to ask, with the host written as it is declared.
    /// - Throws: `PortalError.forbidden` (`outbound.host-not-declared`), for anything but `http` and `https` too.
    static func check(
        _ url: String, against hosts: Set<OutboundAddress>
    ) throws(PortalError) -> (host: OutboundAddress, url: String) {
        guard var parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let name = parts.host, parts.user == nil
        else { throw OutboundFault.undeclared(url) }
        let host = bare(name)
        let standard = scheme == "https" ? 443 : 80
        let declared = hosts.first { $0.host == host && ($0.port ?? standard) == (parts.port ?? standard) }
        guard let declared else { throw OutboundFault.undeclared(host) }
        if name != name.lowercased() { parts.host = name.lowercased() }
        let plain = name == name.lowercased() ? url : parts.string ?? ""
        // The client reads it once more, and finds the address to keep to by what it reads.
        guard URL(string: plain)?.host.map({ $0.trimmingCharacters(in: ["[", "]"]) }) == host else {
            throw OutboundFault.undeclared(host)
        }
        return (declared, plain)
    }

    /// A stream has no standard port, so only a host that is declared with its port may be reached.
    ///
    /// - Throws: `PortalError.forbidden` (`outbound.host-not-declared`).
    static func check(
        host: String, port: Int, against hosts: Set<OutboundAddress>
    ) throws(PortalError) -> OutboundAddress {
        let name = host.lowercased()
        guard let declared = hosts.first(where: { $0.host == name && $0.port == port }) else {
            throw OutboundFault.undeclared("\(host):\(port)")
        }
        return declared
    }

    private static func bare(_ host: String) -> String { host.trimmingCharacters(in: ["[", "]"]).lowercased() }
}
