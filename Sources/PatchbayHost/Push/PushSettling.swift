import Foundation
import PatchbaySDK

/// Writes down what came of an attempt.
enum PushSettling {
    private static let firstWaitInSeconds = 5.0
    private static let longestWaitInSeconds = 900.0

    /// - Returns: whether the note was given up.
    static func settle(
        _ push: DuePush, _ outcome: DuePush.Outcome, at now: Date, in db: Database
    ) throws -> Bool {
        switch outcome {
        case .sent where push.kind == .invitation:
            try keep(push, in: db)
            return false
        case .sent, .settled:
            try forget(push, in: db)
            return false
        case .gone:
            try db.execute(sql: "DELETE FROM pushSubscription WHERE id = ?", arguments: [push.subscription])
            return false
        case .refused:
            try forget(push, in: db)
            return true
        case .later(let wait):
            // A time that is over, or no time at all, is no leave to ask again at once.
            let pause = wait.flatMap { $0 > .zero ? $0 : nil } ?? backOff(after: push.attempts)
            return try postpone(push, by: pause, at: now, in: db)
        case .unreachable:
            return try postpone(push, by: backOff(after: push.attempts), at: now, in: db)
        }
    }

    /// Stays until it would have stopped ringing, so that it can be taken back where it was shown.
    private static func keep(_ push: DuePush, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE pushNote SET dueAt = expiresAt, attempts = 0
                WHERE subscriptionId = ? AND conversationId = ? AND revision = ?
                """, arguments: [push.subscription, push.conversation, push.revision])
    }

    /// A newer note that has taken its place meanwhile stays.
    private static func forget(_ push: DuePush, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM pushNote WHERE subscriptionId = ? AND conversationId = ? AND revision = ?",
            arguments: [push.subscription, push.conversation, push.revision])
    }

    private static func postpone(_ push: DuePush, by wait: Duration, at now: Date, in db: Database) throws -> Bool {
        let again = now.milliseconds + wait.milliseconds
        guard again < push.expiresAt.milliseconds else {
            try forget(push, in: db)
            return true
        }
        // Also for a newer note: it is the service that needs time.
        try db.execute(
            sql: """
                UPDATE pushNote SET dueAt = max(dueAt, ?), attempts = attempts + 1
                WHERE subscriptionId = ? AND conversationId = ?
                """, arguments: [again, push.subscription, push.conversation])
        return false
    }

    /// Doubling, and each a little different, so that what failed together doesn't come again together.
    private static func backOff(after attempts: Int) -> Duration {
        let seconds = min(longestWaitInSeconds, firstWaitInSeconds * pow(2, Double(min(attempts, 10))))
        return .milliseconds(Int(seconds * 1000 * Double.random(in: 0.8...1.2)))
    }
}

/// The header `Retry-After` (RFC 9110 §10.2.3).
enum RetryAfter {
    /// - Returns: `nil` for what is neither seconds nor a date.
    static func wait(_ text: String, at now: Date) -> Duration? {
        if let seconds = Int(text), seconds >= 0 { return .seconds(min(seconds, 7 * 86_400)) }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        guard let date = format.date(from: text) else { return nil }
        return .milliseconds(max(0, date.milliseconds - now.milliseconds))
    }
}
