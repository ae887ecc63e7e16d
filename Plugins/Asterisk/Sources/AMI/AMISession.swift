import PatchbaySDK
import Synchronization

/// One connection to the manager interface: asks, and brings each answer to who has asked.
final class AMISession: Sendable {
    private struct State {
        var nextID = 0
        var greeting: AsyncThrowingStream<String, any Error>.Continuation?
        var waiting: [String: AsyncThrowingStream<AMIMessage, any Error>.Continuation] = [:]
        /// Why it is over.
        var ending: (any Error)?
    }

    private let stream: any ByteStream
    private let clock: any PortalClock
    private let patience: Duration
    private let state = Mutex(State())
    private let greeting: AsyncThrowingStream<String, any Error>

    /// - Parameter patience: How long an answer is waited for.
    init(stream: any ByteStream, clock: any PortalClock, patience: Duration) {
        self.stream = stream
        self.clock = clock
        self.patience = patience
        let (greeting, tell) = AsyncThrowingStream<String, any Error>.makeStream(bufferingPolicy: .bufferingOldest(1))
        self.greeting = greeting
        state.withLock { $0.greeting = tell }
    }

    /// Reads until the connection ends; all answers come by it.
    ///
    /// - Parameters:
    ///   - handle: Gets every event, in order. What it waits for, Asterisk waits for.
    ///   - rest: Called when what has arrived so far is handled.
    /// - Throws: why the connection is over; it never returns without.
    func read(
        _ handle: @Sendable (AMIMessage) async -> Void, rest: @Sendable () -> Void
    ) async throws -> Never {
        var reader = AMIReader()
        do {
            while let bytes = try await stream.read() {
                let messages = try Self.messages(in: bytes, &reader)
                if let version = reader.version { greet(version) }
                for message in messages {
                    if !message.isResponse { await handle(message) }
                    deliver(message)
                }
                rest()
            }
            throw Self.failure("asterisk.closed", "The phone system has closed the connection.")
        } catch {
            end(error)
            throw error
        }
    }

    /// The version of the manager interface, once it has greeted.
    func version() async throws -> String {
        try await withinPatience { [greeting] in
            for try await version in greeting { return version }
            throw CancellationError()
        }
    }

    /// Sends `action` and waits for its response.
    ///
    /// - Parameter id: The ActionID, when it means something; it must not be under way already.
    /// - Throws: `PortalError.unavailable` when no answer comes in time, or the connection is over.
    func perform(_ action: AMIAction, id: String? = nil) async throws -> AMIMessage {
        try await perform(action, id: id) { $0.isResponse }
    }

    /// Sends `action` and waits for the end of the list that it asks for; its events go to `read`'s handler.
    ///
    /// - Returns: the list's last event, or the response that says why there is no list.
    func performList(_ action: AMIAction, id: String? = nil) async throws -> AMIMessage {
        try await perform(action, id: id) { $0.isResponse ? !$0.beginsList : $0.endsList }
    }

    /// Sends `action` and waits for the event called `event` that belongs to it, or for the response that refuses it.
    func perform(_ action: AMIAction, untilEvent event: String) async throws -> AMIMessage {
        try await perform(action, id: nil) { $0.isResponse ? !$0.isSuccess : $0.event == event }
    }

    /// Sends `action` without waiting for what comes back. Fit to be called while events are handled.
    func post(_ action: AMIAction) async throws { try await stream.write(action.bytes(id: newID())) }

    func close() async { await stream.close() }

    private func perform(
        _ action: AMIAction, id: String?, isLast: @escaping @Sendable (AMIMessage) -> Bool
    ) async throws -> AMIMessage {
        let id = id ?? newID()
        let answers = try begin(id)
        defer { state.withLock { _ = $0.waiting.removeValue(forKey: id) } }
        return try await withinPatience { [stream] in
            try await stream.write(action.bytes(id: id))
            for try await answer in answers where isLast(answer) { return answer }
            throw CancellationError()
        }
    }

    private func begin(_ id: String) throws -> AsyncThrowingStream<AMIMessage, any Error> {
        // Of a list's events only the last counts, and that must not be what is dropped.
        let (answers, tell) = AsyncThrowingStream<AMIMessage, any Error>.makeStream(
            bufferingPolicy: .bufferingNewest(4))
        try state.withLock { state in
            if let ending = state.ending { throw ending }
            state.waiting[id] = tell
        }
        return answers
    }

    private func withinPatience<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask(operation: body)
            group.addTask { [clock, patience] in
                try await clock.sleep(for: patience)
                throw Self.failure("asterisk.silent", "The phone system doesn't answer in time.")
            }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

    private func newID() -> String {
        state.withLock { state in
            state.nextID += 1
            return "patchbay-action-\(state.nextID)"
        }
    }

    private func greet(_ version: String) {
        let tell = state.withLock { state in
            defer { state.greeting = nil }
            return state.greeting
        }
        tell?.yield(version)
    }

    private func deliver(_ message: AMIMessage) {
        guard let id = message.actionID else { return }
        state.withLock { $0.waiting[id] }?.yield(message)
    }

    private func end(_ error: any Error) {
        let (greeting, waiting) = state.withLock { state in
            state.ending = error
            defer {
                state.greeting = nil
                state.waiting = [:]
            }
            return (state.greeting, state.waiting.values)
        }
        greeting?.finish(throwing: error)
        for one in waiting { one.finish(throwing: error) }
    }

    private static func messages(in bytes: [UInt8], _ reader: inout AMIReader) throws -> [AMIMessage] {
        do { return try reader.read(bytes) } catch { throw error.error }
    }

    private static func failure(_ id: String, _ message: String) -> PortalError {
        PortalError(.unavailable(retryAfter: .seconds(5)), id: id, message)
    }
}
