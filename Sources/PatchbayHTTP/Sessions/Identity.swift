import PatchbayHost
import PatchbaySDK

/// Who a request speaks for, and by what right.
struct Identity: Sendable {
    /// What the request showed.
    enum Proof: Sendable, Equatable {
        /// The browser's cookie: unsafe methods must come from our own pages.
        case cookie
        /// The bearer of another portal's page that shows the dock: it administers nothing.
        case embedded
        /// An API token with the permissions it was made for.
        case token(Set<Permission>)
    }

    let caller: Caller
    /// The session's id, or the token's: what an event stream ends with.
    let session: String
    let proof: Proof
}
