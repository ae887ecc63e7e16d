import Foundation
import PatchbaySDK

/// Delivery receipts on their way back. They wait in a table, so that a restart loses none.
struct Receipts: Sendable {
    private let context: PluginContext
    private let bell = Bell()

    init(context: PluginContext) { self.context = context }

    /// Plans `receipts` for a submit, inside the transaction that logs it.
    func schedule(_ receipts: [Fate.Receipt], for sms: OutboundSMS, in db: Database) throws {
        let now = context.clock.now.milliseconds
        for receipt in receipts {
            try db.cachedStatement(
                sql: "INSERT INTO simulatorReceipt (messageId, part, outcome, reason, dueAt) VALUES (?, ?, ?, ?, ?)"
            ).execute(arguments: [
                sms.id, sms.part, receipt.outcome.name, receipt.outcome.reason, now + receipt.after,
            ])
        }
    }

    /// Looks again for what is due.
    func wake() { bell.ring() }

    /// Brings back what is due, until it is cancelled.
    func run() async throws {
        while !Task.isCancelled {
            let due = try await read("WHERE dueAt <= ? ORDER BY dueAt, id LIMIT 100", [context.clock.now.milliseconds])
            if due.isEmpty {
                await bell.wait(atMost: try await nextDue(), clock: context.clock)
            } else {
                try await deliver(due)
            }
        }
    }

    /// Brings back the receipts of `message` at once.
    func deliverDue(of message: MessageID) async throws {
        try await deliver(try await read("WHERE messageId = ? ORDER BY id", [message]))
    }

    private func nextDue() async throws -> Duration? {
        let next = try await context.store.read { db in
            try Int.fetchOne(db, sql: "SELECT min(dueAt) FROM simulatorReceipt")
        }
        return next.map { .milliseconds(max(1, $0 - context.clock.now.milliseconds)) }
    }

    private func deliver(_ due: [(id: Int, report: DeliveryReport)]) async throws {
        for receipt in due { try await context.smsInbox.report(receipt.report) }
        let ids = due.map(\.id)
        try await context.store.write { db in
            for id in ids {
                try db.cachedStatement(sql: "DELETE FROM simulatorReceipt WHERE id = ?").execute(arguments: [id])
            }
        }
    }

    private func read(
        _ condition: String, _ arguments: StatementArguments
    ) async throws -> [(id: Int, report: DeliveryReport)] {
        try await context.store.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM simulatorReceipt \(condition)", arguments: arguments).map { row in
                let outcome = DeliveryReport.Outcome(name: row["outcome"], reason: row["reason"])
                return (row["id"], DeliveryReport(message: row["messageId"], part: row["part"], outcome: outcome))
            }
        }
    }
}

extension DeliveryReport.Outcome {
    fileprivate init(name: String, reason: String?) {
        switch name {
        case "sent": self = .sent
        case "delivered": self = .delivered
        default: self = .failed(reason: reason ?? "The message did not arrive.")
        }
    }

    fileprivate var name: String {
        switch self {
        case .sent: "sent"
        case .delivered: "delivered"
        case .failed: "failed"
        }
    }

    fileprivate var reason: String? { if case .failed(let reason) = self { reason } else { nil } }
}
