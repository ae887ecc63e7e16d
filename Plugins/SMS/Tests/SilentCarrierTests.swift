import Foundation
import PatchbaySDK
import PatchbayTesting
import Synchronization
import Testing

@testable import SMS

/// A carrier that neither answers nor ends when it is cancelled, until the test lets it.
private final class DeafCarrier: SMSCarrier, Sendable {
    private struct State {
        var attempts: [Int] = []
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    let takesParts = true
    let window = 10
    private let state = Mutex(State())

    var attempts: [Int] { state.withLock { $0.attempts } }

    func submit(_ sms: OutboundSMS) async throws -> String? {
        await withCheckedContinuation { continuation in
            state.withLock {
                $0.attempts.append(sms.attempt)
                $0.waiting.append(continuation)
            }
        }
        return "late-\(sms.id)"
    }

    /// Answers all that it was ever asked.
    func answer() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

@Suite struct SilentCarrierTests {
    let host: TestHost<SMSPlugin>
    let thread: Conversation
    private let deaf = DeafCarrier()
    private let simulator = PluginID(rawValue: "simulator")

    init() async throws {
        host = try await TestHost(SMSPlugin.self, settings: ["submitTimeoutSeconds": 20])
        thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        host.carriers.set(deaf, as: simulator)
    }

    private func send(_ text: String) async throws -> Message {
        try await host.send(text, in: thread, as: .alice, from: .acmeDesk)
    }

    private func state(of message: Message) throws -> DeliveryState? {
        try host.store.readNow { db in try host.conversations.message(message.id, in: db)?.state }
    }

    @Test("F11: a carrier that never answers holds its destination up for the time limit only")
    func silenceIsTriedAgain() async throws {
        let first = try await send("first")
        let second = try await send("second")

        try await host.whileRunning {
            try await eventually { deaf.attempts == [1] }
            host.carriers.set(host.carriers.simulator, as: simulator)
            try await host.clock.waitForSleepers()
            host.clock.advance(by: .seconds(20))
            try await host.untilWaitingAgain(after: 1)
            host.clock.advance(by: .seconds(2))
            try await eventually { try state(of: second) == .accepted }
        }
        deaf.answer()

        #expect(try state(of: first) == .accepted)
        #expect(host.carriers.simulator.submitted.map(\.text) == ["first", "second"])
        #expect(host.carriers.simulator.submitted.map(\.attempt) == [2, 1])
        let history = try await host.request(.get, "messages/\(first.id)/history", as: .alice)
        #expect(
            history.json["items"]?.array?.map { $0["reason"] }.contains("The carrier did not answer in time.") == true)
    }

    @Test func answerThatComesTooLateSavesTheRepeat() async throws {
        let sent = try await send("Hello")

        try await host.whileRunning {
            try await eventually { deaf.attempts == [1] }
            try await host.clock.waitForSleepers()
            host.clock.advance(by: .seconds(20))
            try await host.untilWaitingAgain(after: 1)
            deaf.answer()
            try await eventually { try state(of: sent) == .accepted }
        }

        #expect(deaf.attempts == [1])
    }

    @Test func deafCarrierDoesNotKeepThePluginFromEnding() async throws {
        _ = try await send("Hello")

        try await host.whileRunning { try await eventually { deaf.attempts == [1] } }

        deaf.answer()
    }
}
