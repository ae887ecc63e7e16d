import Foundation
import PatchbaySDK

/// A message that matches a search.
public struct SearchHit: Sendable {
    /// The message that was found.
    public let message: StoredMessage
    /// Where it was said, as the searcher sees it.
    public let conversation: ConversationView
    /// The text around the first match, cut at the matches.
    public let snippet: [(text: String, isMatch: Bool)]

    /// As the API shows it.
    public var json: JSON {
        [
            "message": message.json, "conversation": conversation.json,
            "snippet": .array(snippet.map { ["text": .string($0.text), "isMatch": .bool($0.isMatch)] }),
        ]
    }
}

extension Messaging {
    /// Messages that `caller` may see and that contain every word of `typed`, newest first.
    public func search(
        _ typed: String, _ request: PageRequest, for caller: Caller, in db: Database
    ) throws -> Page<SearchHit> {
        guard let query = SearchIndex.query(typed, in: caller.domain) else { return Page(items: [], next: nil) }
        let before = request.cursor.flatMap { Int($0) } ?? Int.max
        var found = try db.quickRows(
            """
            SELECT messageKey.key, \(StoredMessage.columns) FROM messageSearch
            JOIN messageKey ON messageKey.key = messageSearch.rowid
            JOIN message ON message.conversationId = messageKey.conversationId
                AND message.sequence = messageKey.sequence
            JOIN member ON member.conversationId = message.conversationId AND member.userId = ?2
            JOIN conversation ON conversation.id = message.conversationId
            WHERE messageSearch MATCH ?3 AND messageSearch.rowid < ?4 AND message.domainId = ?1
                AND message.sequence > member.hiddenUpTo
                AND (via IS NULL OR via IN (SELECT number FROM numberUser WHERE userId = ?2))
                AND conversation.kind IN (SELECT value FROM json_each(?6))
                AND NOT EXISTS (SELECT 1 FROM messageHidden WHERE messageHidden.userId = ?2
                    AND messageHidden.conversationId = message.conversationId
                    AND messageHidden.sequence = message.sequence)
            ORDER BY messageSearch.rowid DESC LIMIT ?5
            """, .id(caller.domain), .id(caller.user), .text(query), .integer(before), .integer(request.limit + 1),
            .text(JSON.array(channels.kinds.map { .string($0.rawValue) }).text)
        ) { (key: $0.integer(0), message: try StoredMessage($0, from: 1)) }
        let hasMore = found.count > request.limit
        if hasMore { found.removeLast() }
        let hits = try found.map { _, message in
            SearchHit(
                message: message, conversation: try view(of: message.message.conversation, for: caller, in: db),
                snippet: Self.snippet(of: message.message.text, matching: typed))
        }
        return Page(items: hits, next: hasMore ? found.last.map { String($0.key) } : nil)
    }

    /// About 120 characters around the first match, with every match apart.
    static func snippet(of text: String, matching typed: String) -> [(text: String, isMatch: Bool)] {
        let words = typed.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let options: String.CompareOptions = [.caseInsensitive, .diacriticInsensitive]
        let first = words.compactMap { text.range(of: $0, options: options)?.lowerBound }.min() ?? text.startIndex
        let start = text.index(first, offsetBy: -40, limitedBy: text.startIndex) ?? text.startIndex
        let end = text.index(start, offsetBy: 120, limitedBy: text.endIndex) ?? text.endIndex
        var pieces: [(text: String, isMatch: Bool)] = []
        if start > text.startIndex { pieces.append(("…", false)) }
        var at = start
        while at < end {
            let next = words.compactMap { text.range(of: $0, options: options, range: at..<end) }
                .min { $0.lowerBound < $1.lowerBound }
            guard let next else { break }
            if next.lowerBound > at { pieces.append((String(text[at..<next.lowerBound]), false)) }
            pieces.append((String(text[next]), true))
            at = next.upperBound
        }
        if at < end { pieces.append((String(text[at..<end]), false)) }
        if end < text.endIndex { pieces.append(("…", false)) }
        return pieces
    }
}
