import Foundation
import PatchbayHost
import PatchbaySDK

/// Keeps plugins to the hosts that they declare. Redirects aren't followed, so the first address is the only one.
enum OutboundGuard {
    /// - Throws: `PortalError.forbidden` (`outbound.host-not-declared`), for anything but `http` and `https` too.
    static func check(_ url: String, against hosts: Set<OutboundAddress>) throws(PortalError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let name = parts.host, parts.user == nil
        else { throw refusal(url: url) }
        let host = name.trimmingCharacters(in: ["[", "]"]).lowercased()
        let standard = scheme == "https" ? 443 : 80
        let isDeclared = hosts.contains { $0.host == host && ($0.port ?? standard) == (parts.port ?? standard) }
        guard isDeclared else { throw refusal(url: host) }
    }

    /// A stream has no standard port, so only a host that is declared with its port may be reached.
    ///
    /// - Throws: `PortalError.forbidden` (`outbound.host-not-declared`).
    static func check(host: String, port: Int, against hosts: Set<OutboundAddress>) throws(PortalError) {
        let name = host.lowercased()
        guard hosts.contains(where: { $0.host == name && $0.port == port }) else {
            throw refusal(url: "\(host):\(port)")
        }
    }

    private static func refusal(url: String) -> PortalError {
        PortalError(
            .forbidden, id: "outbound.host-not-declared",
            "The plugin may not reach that host; declare it under outboundHosts in its plugin.json.",
            details: ["host": String(url.prefix(120))])
    }
}
