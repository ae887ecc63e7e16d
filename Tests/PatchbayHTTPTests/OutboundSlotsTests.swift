import Synchronization
import Testing

@testable import PatchbayHTTP

@Suite(.timeLimit(.minutes(5))) struct OutboundSlotsTests {
    /// Who has a slot, and lets it go when the test says so.
    private final class Holders: Sendable {
        private let state = Mutex<(order: [Int], waiting: [Int: CheckedContinuation<Void, Never>])>(([], [:]))

        var order: [Int] { state.withLock { $0.order } }

        func hold(_ id: Int) async {
            await withCheckedContinuation { continuation in
                state.withLock {
                    $0.order.append(id)
                    $0.waiting[id] = continuation
                }
            }
        }

        func release(_ id: Int) { state.withLock { $0.waiting.removeValue(forKey: id) }?.resume() }

        func wait(for count: Int) async { while order.count < count { await Task.yield() } }
    }

    @Test func soManyRunAtATimeAndTheOthersWaitTheirTurn() async throws {
        let slots = OutboundSlots(count: 2)
        let holders = Holders()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 1...4 {
                group.addTask { try await slots.with { await holders.hold(id) } }
                // One after the other, so that the order is known.
                await holders.wait(for: min(id, 2))
                while slots.waitingCount < id - 2 { await Task.yield() }
            }
            await holders.wait(for: 2)
            #expect(Set(holders.order) == [1, 2])

            holders.release(2)
            await holders.wait(for: 3)
            holders.release(1)
            await holders.wait(for: 4)
            holders.release(3)
            holders.release(4)
            try await group.waitForAll()
        }

        #expect(Array(holders.order.suffix(2)) == [3, 4])
    }

    @Test func waiterThatIsCancelledTakesNoSlot() async throws {
        let slots = OutboundSlots(count: 1)
        let holders = Holders()
        let first = Task { try await slots.with { await holders.hold(1) } }
        await holders.wait(for: 1)
        let second = Task { try await slots.with { await holders.hold(2) } }
        while slots.waitingCount < 1 { await Task.yield() }

        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        holders.release(1)
        try await first.value

        try await slots.with {}
        #expect(holders.order == [1])
    }

    @Test func slotOfAFailureIsFreeAgain() async throws {
        struct Trouble: Error {}
        let slots = OutboundSlots(count: 1)

        await #expect(throws: Trouble.self) { try await slots.with { throw Trouble() } }

        #expect(try await slots.with { 7 } == 7)
    }
}
