import Foundation
import Logging
import PatchbaySDK
import Synchronization

/// Removes messages that are older than their domain keeps them, a few at a time, unless a legal hold covers them.
struct Retention: Sendable {
    private static let conversationsAtATime = 200

    /// A rule of one domain, with the channel that carries the kind.
    private struct Order: Sendable {
        let domain: DomainID
        let rule: RetentionRule
        let channel: any MessageChannel
        /// Messages from before this moment go; milliseconds since 1970.
        let limit: Int
    }

    let messaging: Messaging
    let store: PortalStore
    let attachments: AttachmentStore
    let clock: any PortalClock
    private let traces = Traces()

    /// Whether something that was removed may still be in the files: after a start it isn't known.
    private final class Traces: Sendable {
        let mayBeLeft = Atomic(true)
    }

    /// Goes through all rules once.
    ///
    /// - Returns: how many messages were removed.
    @discardableResult
    func run() async throws -> Int {
        var removed = 0
        var hasFiles = false
        let orders = try await orders()
        for order in orders {
            var last = ConversationID(rawValue: "")
            while true {
                let after = last
                let conversations = try await store.read { db in
                    try ConversationID.fetchAll(
                        db,
                        sql: """
                            SELECT id FROM conversation WHERE domainId = ? AND kind = ? AND id > ?
                            ORDER BY id LIMIT \(Self.conversationsAtATime)
                            """, arguments: [order.domain, order.rule.kind.rawValue, after])
                }
                for conversation in conversations {
                    let (count, files) = try await empty(conversation, by: order)
                    removed += count
                    if count > 0 { traces.mayBeLeft.store(true, ordering: .relaxed) }
                    hasFiles = hasFiles || files
                }
                guard let newest = conversations.last else { break }
                last = newest
            }
        }
        if hasFiles { try await attachments.clean() }
        if !orders.isEmpty, traces.mayBeLeft.load(ordering: .relaxed) {
            try await store.wipe(clock: clock)
            traces.mayBeLeft.store(false, ordering: .relaxed)
        }
        return removed
    }

    /// What is to be done now. Kinds that nothing carries wait: their plugin keeps something of the messages, too.
    private func orders() async throws -> [Order] {
        let channels = messaging.channels
        let now = clock.now
        let rules = try await store.read { db in
            try Row.fetchAll(db, sql: "SELECT domainId, kind, days FROM retentionRule").map { row in
                (
                    DomainID(rawValue: row["domainId"]),
                    RetentionRule(kind: ChannelKind(rawValue: row["kind"]), days: row["days"])
                )
            }
        }
        return rules.compactMap { domain, rule in
            channels.channel(rule.kind).map { _, channel in
                Order(
                    domain: domain, rule: rule, channel: channel,
                    limit: now.addingTimeInterval(-86_400 * Double(rule.days)).milliseconds)
            }
        }
    }

    private func empty(_ conversation: ConversationID, by order: Order) async throws -> (removed: Int, files: Bool) {
        var removed = 0
        var hasFiles = false
        var last = 0
        while true {
            let after = last
            // Read first, so that the writer isn't busy with looking.
            let found = try await store.read { db in
                try Self.old(in: conversation, after: after, before: order.limit, db)
            }
            guard let newest = found.last else { return (removed, hasFiles) }
            last = newest.sequence
            let (count, files) = try await store.write { db in
                guard try !LegalHold.covers(conversation, of: order.domain, in: db) else { return (0, false) }
                let doomed = try Self.old(in: conversation, after: after, before: order.limit, db)
                    .filter { !$0.isPending }
                guard !doomed.isEmpty else { return (0, false) }
                let files = try MessageRemoval(channel: order.channel, events: messaging.events)
                    .remove(doomed, of: conversation, domain: order.domain, in: db)
                try AuditLog.append(
                    AuditRecord(
                        "retention", of: conversation.rawValue, in: order.domain, by: .host,
                        details: [
                            "kind": .string(order.rule.kind.rawValue), "days": .int(order.rule.days),
                            "removed": .int(doomed.count),
                        ]), at: clock.now, in: db)
                return (doomed.count, files > 0)
            }
            removed += count
            hasFiles = hasFiles || files
        }
    }

    /// The next old messages of a conversation. They are in the order of time, so behind a young one are only young ones.
    private static func old(
        in conversation: ConversationID, after sequence: Int, before limit: Int, _ db: Database
    ) throws -> [MessageRemoval.Doomed] {
        Array(try MessageRemoval.page(of: conversation, after: sequence, in: db).prefix { $0.createdAt < limit })
    }
}
