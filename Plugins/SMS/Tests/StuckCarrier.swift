import Foundation
import PatchbaySDK
import PatchbayTesting
import Synchronization

@testable import SMS

/// A carrier that never answers: submits hang until they are cancelled.
final class StuckCarrier: SMSCarrier, Sendable {
    let takesParts = true
    let window: Int
    private let seen = Mutex<[Int]>([])

    init(window: Int = 10) { self.window = window }

    /// The attempt numbers of what it was given.
    var attempts: [Int] { seen.withLock { $0 } }

    func submit(_ sms: OutboundSMS) async throws -> String? {
        seen.withLock { $0.append(sms.attempt) }
        try await Task.sleep(for: .seconds(3600))
        return nil
    }
}

extension TestHost {
    /// Waits until a message lies in the outbox after attempt number `attempt`, and the worker sleeps until the next.
    func untilWaitingAgain(after attempt: Int) async throws {
        try await eventually {
            try store.readNow { db in
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM smsOutbox WHERE state = 'queued' AND attempt = ?)",
                    arguments: [attempt]) == true
            }
        }
        try await clock.waitForSleepers()
    }
}
