import Foundation
import Hummingbird
import NIOCore
import PatchbayHost
import PatchbaySDK

/// A request that was let in, with what it carries already validated.
struct APIRequest: Sendable {
    let server: PortalServices
    /// The request as it came; its body has been read unless the endpoint takes none.
    let raw: Request
    let parameters: [String: String]
    /// An object with the query's members, typed as the OpenAPI document says.
    let query: JSON
    /// The body of a JSON endpoint, else `null`.
    let body: JSON
    /// The body of a raw endpoint.
    let bytes: [UInt8]
    /// Who is signed in, and how.
    let identity: Identity?
    /// Where the request comes from, for rate limits and the list of sessions.
    let address: String
    /// The connection, for answers that don't end.
    let channel: any Channel

    var portal: Portal { server.portal }

    /// The signed-in user.
    ///
    /// - Throws: `PortalError.unauthenticated` on an endpoint for anybody, when nobody is.
    func caller() throws(PortalError) -> Caller {
        guard let identity else { throw PortalError(.unauthenticated, id: "session.required", "Sign in first.") }
        return identity.caller
    }

    /// What the path's `{name}` holds, as an id.
    func id<Kind>(_ name: String, _: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind> {
        Identifier(rawValue: parameters[name] ?? "")
    }

    /// What the path's `{name}` holds, as a number in E.164.
    func number(_ name: String) throws(PortalError) -> PhoneNumber {
        guard let number = PhoneNumber(e164: parameters[name] ?? "") else { throw .notFound("number") }
        return number
    }

    /// How many entries of a list are asked for: 50 unless told, at most 200.
    var limit: Int { query["limit"]?.int ?? 50 }

    /// Where the next page begins.
    var cursor: String? { query["cursor"]?.string }
}

extension JSON {
    /// A page of a list.
    static func page(_ items: [JSON], next: String?) -> JSON { ["items": .array(items), "next": JSON(next)] }

    /// The page of a list that is in memory as a whole; the cursor is the place in it.
    ///
    /// - Throws: `PortalError.invalid` (`page.cursor-invalid`).
    static func page(_ items: [JSON], of request: APIRequest) throws(PortalError) -> JSON {
        guard let start = Int(request.cursor ?? "0"), items.indices.contains(start) || start == 0 else {
            throw PortalError(
                .invalid, id: "page.cursor-invalid", "That cursor isn't one of ours; start at the first page.")
        }
        let end = min(start + request.limit, items.count)
        return .page(Array(items[start..<end]), next: end < items.count ? String(end) : nil)
    }

    /// Whether the object says something of `key`, be it `null`.
    func mentions(_ key: String) -> Bool { object?[key] != nil }
}
