import HTTPTypes
import Hummingbird
import PatchbaySDK

/// Refuses what another site's page makes a browser send (OWASP: Fetch Metadata, then Origin).
struct SameOrigin: Sendable {
    /// The host and port that browsers use, when a proxy stands in front.
    private let publicHost: String?

    init(publicURL: String?) {
        publicHost = publicURL?.split(separator: "/", maxSplits: 2).dropFirst().first.map { $0.lowercased() }
    }

    /// - Parameter mustTell: Whether a request that says nothing of where it comes from is refused too: every browser
    ///   says it, so with a cookie there is no excuse.
    /// - Throws: `PortalError.forbidden` (`request.cross-site`).
    func check(_ request: Request, mustTell: Bool) throws(PortalError) {
        if let site = request.headers[Self.fetchSite] {
            guard site == "same-origin" || site == "none" else { throw Self.refusal }
            return
        }
        guard let origin = request.headers[.origin] else {
            if mustTell { throw Self.refusal }
            return
        }
        let host = origin.lowercased().split(separator: "/", maxSplits: 2).dropFirst().first.map(String.init)
        let own = [publicHost, request.head.authority?.lowercased()].compactMap { $0 }
        guard let host, own.contains(host) else { throw Self.refusal }
    }

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!

    private static var refusal: PortalError {
        PortalError(
            .forbidden, id: "request.cross-site",
            "Changes with the session's cookie must come from the portal's own pages; other programs use an API token.")
    }
}
