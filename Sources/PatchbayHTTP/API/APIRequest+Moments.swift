import Foundation
import PatchbaySDK

extension APIRequest {
    /// The moment that the body's member `name` says; `nil` when there is none.
    ///
    /// - Throws: `PortalError.invalid` (`body.invalid`) unless it is RFC 3339.
    func moment(_ name: String) throws(PortalError) -> Date? { try moment(name, of: body, id: "body.invalid") }

    /// The moment that the query's parameter `name` says; `nil` when there is none.
    ///
    /// - Throws: `PortalError.invalid` (`query.invalid`) unless it is RFC 3339.
    func queriedMoment(_ name: String) throws(PortalError) -> Date? {
        try moment(name, of: query, id: "query.invalid")
    }

    private func moment(_ name: String, of object: JSON, id: String) throws(PortalError) -> Date? {
        guard let text = object[name]?.string else { return nil }
        if let moment = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) {
            return moment
        }
        if let moment = try? Date(text, strategy: Date.ISO8601FormatStyle()) { return moment }
        throw PortalError(
            .invalid, id: id, "A time must be RFC 3339 in UTC, such as 2026-12-31T23:59:59Z.",
            details: ["place": "/\(name)"])
    }
}
