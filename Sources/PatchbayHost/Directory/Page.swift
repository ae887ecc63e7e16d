import Foundation
import PatchbaySDK

/// Which part of a list is wanted.
public struct PageRequest: Sendable, Equatable {
    /// 1 to 200.
    public let limit: Int
    /// Where the former page ended; `nil` for the first.
    public let cursor: String?

    /// - Throws: `PortalError.invalid` (`page.limit-out-of-range`) unless `limit` is 1 to 200.
    public init(limit: Int = 50, cursor: String? = nil) throws(PortalError) {
        guard (1...200).contains(limit) else {
            throw PortalError(.invalid, id: "page.limit-out-of-range", "Ask for 1 to 200 entries at a time.")
        }
        self.limit = limit
        self.cursor = cursor
    }

    /// The first 50.
    public static let first = PageRequest()

    private init() {
        limit = 50
        cursor = nil
    }

    /// The sort key and the id that the former page ended with.
    func start() throws(PortalError) -> (key: String, id: String) {
        guard let cursor else { return ("", "") }
        guard let bytes = Data(base64URL: cursor), let value = try? JSON(parsing: bytes),
            case .array(let parts) = value, parts.count == 2, let key = parts[0].string, let id = parts[1].string
        else {
            throw PortalError(
                .invalid, id: "page.cursor-invalid", "That cursor isn't one of ours; start at the first page.")
        }
        return (key, id)
    }
}

/// Part of a list.
public struct Page<Item: Sendable>: Sendable {
    /// The entries of this part, in the list's order.
    public let items: [Item]
    /// The cursor of the next page; `nil` when there is none.
    public let next: String?

    /// Makes a part of a list.
    ///
    /// - Parameter next: The cursor of the next one; `nil` at the end.
    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    /// Makes a page of rows that were asked for with a limit of one more than wanted.
    init(_ rows: [Item], for request: PageRequest, key: (Item) -> (key: String, id: String)) {
        items = Array(rows.prefix(request.limit))
        if rows.count > request.limit, let last = items.last.map(key) {
            next = Data(JSON.array([.string(last.key), .string(last.id)]).utf8).base64URL
        } else {
            next = nil
        }
    }

    /// The page with every item turned into something else.
    public func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(items: try items.map(transform), next: next)
    }
}
