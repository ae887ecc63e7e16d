import Foundation
import PatchbaySDK
import Synchronization

/// Keeps whom a plugin called, and whom it told that it is over.
public final class TestSummons: Summons, Sendable {
    /// One call, or its end.
    public enum Call: Sendable, Equatable {
        /// It rings for these people until then.
        case rings([UserID], ConversationID, until: Date)
        /// It rings no more.
        case hushed([UserID], ConversationID, wasMissed: Bool)
    }

    private final class Kept: Sendable {
        let calls = Mutex<[Call]>([])
    }

    private let kept = Kept()

    init() {}

    /// Every call and end whose transaction is on disk, oldest first.
    public var calls: [Call] { kept.calls.withLock { $0 } }

    /// Keeps the call.
    public func ring(
        _ users: [UserID], in conversation: ConversationID, by caller: UserID, until end: Date, in db: Database
    ) throws { keep(.rings(users, conversation, until: end), in: db) }

    /// Keeps the end.
    public func hush(
        _ users: [UserID], in conversation: ConversationID, wasMissed: Bool, in db: Database
    ) throws { keep(.hushed(users, conversation, wasMissed: wasMissed), in: db) }

    private func keep(_ call: Call, in db: Database) {
        db.afterNextTransaction(onCommit: { [kept] _ in kept.calls.withLock { $0.append(call) } })
    }
}
