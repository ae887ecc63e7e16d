import Logging
import PatchbaySDK

/// Sends scheduled messages when their time comes.
struct Scheduler: Sendable {
    private static let pageLength = 64

    let scheduled: ScheduledMessages
    let log: Logger

    /// Runs until it is cancelled.
    func run() async {
        await Watch(name: "scheduled messages", bell: scheduled.bell, clock: scheduled.clock, log: log).run(
            sendWhatIsDue)
    }

    /// - Returns: how long until the next one is due; `nil` when nothing waits.
    func sendWhatIsDue() async throws -> Duration? {
        let due = try await scheduled.due(limit: Self.pageLength)
        // Conversations share the commits; within one the order stays.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for messages in Dictionary(grouping: due, by: \.conversation).values {
                group.addTask { for message in messages { try await send(message) } }
            }
            try await group.waitForAll()
        }
        return try await scheduled.untilNextDue()
    }

    private func send(_ message: ScheduledMessage) async throws {
        do {
            try await scheduled.sendDue(message)
        } catch let refusal as PortalError {
            // The store's own trouble says nothing of the message.
            if refusal.id.hasPrefix("store.") { throw refusal }
            log.info("scheduled message refused", metadata: ["scheduled": "\(message.id)", "reason": "\(refusal.id)"])
            try await scheduled.settle(refusal, of: message)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            log.error("scheduled message failed", metadata: ["scheduled": "\(message.id)", "error": "\(error)"])
            try await scheduled.settle(
                PortalError(
                    .conflict, id: "scheduled.failed", "Something went wrong on our side when it was to be sent."),
                of: message)
        }
    }
}
