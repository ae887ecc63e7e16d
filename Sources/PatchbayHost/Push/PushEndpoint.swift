import Foundation
import PatchbaySDK

/// The address that a browser's push service gave it. It comes from the browser, so anybody can write anything here.
public struct PushEndpoint: Sendable, Equatable {
    /// The longest address that is taken.
    public static let mostBytes = 2_048

    /// The address as it was given.
    public let url: String
    /// Scheme, host and port: whom the VAPID token is for (RFC 8292 §2).
    public let origin: String
    /// The name to look up.
    public let host: String
    /// Whether the operator has named the origin, so that it need be neither public nor HTTPS.
    public let isNamed: Bool

    /// Reads an address: HTTPS at the standard port of a host with a name, or an origin that the operator has named.
    ///
    /// Narrow on purpose, so that no two parsers can disagree about the host. Where the name leads is another question,
    /// which is asked whenever something is sent.
    /// - Throws: `PortalError.invalid` (`push.endpoint-refused`).
    public init(_ text: String, named origins: Set<String>) throws(PortalError) {
        guard text.utf8.count <= Self.mostBytes,
            let parts = text.wholeMatch(
                of:
                    #/
                    (https?://([a-z0-9.\-]+)(:[0-9]{1,5})?)
                    /[A-Za-z0-9._~!$&'()*+,;=:@%/\-]*(\?[A-Za-z0-9._~!$&'()*+,;=:@%/?\-]*)?
                    /#)
        else { throw Self.refusal }
        let origin = String(parts.1)
        let host = String(parts.2)
        isNamed = origins.contains(origin)
        if !isNamed {
            // The last label of a name begins with a letter; that of an address in any spelling doesn't.
            guard origin.hasPrefix("https://"), parts.3 == nil || parts.3 == ":443",
                host.wholeMatch(of: /([a-z0-9]([a-z0-9\-]*[a-z0-9])?\.)+[a-z]([a-z0-9\-]*[a-z0-9])?/) != nil
            else { throw Self.refusal }
        }
        url = text
        self.host = host
        self.origin = parts.3 == ":443" && origin.hasPrefix("https://") ? "https://\(host)" : origin
    }

    /// The same whatever was wrong: the answer must not tell what is in the operator's network.
    public static let refusal = PortalError(
        .invalid, id: "push.endpoint-refused", "That isn't the address of a push service on the internet.")
}
