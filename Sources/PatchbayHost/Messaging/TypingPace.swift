import Foundation
import PatchbaySDK
import Synchronization

/// Keeps “is typing” to one signal in two seconds for each user and conversation: browsers report every key.
final class TypingPace: Sendable {
    private struct Writer: Hashable {
        let user: UserID
        let conversation: ConversationID
    }

    private static let pauseInSeconds: TimeInterval = 2
    private let last = Mutex<[Writer: Date]>([:])

    /// Whether `user` may be announced now; if so, not again for two seconds.
    func allows(_ user: UserID, in conversation: ConversationID, at now: Date) -> Bool {
        last.withLock { last in
            // Everybody older is free to be announced again, so forgetting them costs nothing and bounds the memory.
            if last.count > 1_000 { last = last.filter { now.timeIntervalSince($0.value) < Self.pauseInSeconds } }
            let writer = Writer(user: user, conversation: conversation)
            if let before = last[writer], now.timeIntervalSince(before) < Self.pauseInSeconds { return false }
            last[writer] = now
            return true
        }
    }
}
