import PatchbaySDK
import PatchbayTesting
import Testing

@Suite(.timeLimit(.minutes(5))) struct BellTests {
    @Test("Two who wait at one bell both get up: the later doesn't take the earlier one's place")
    func nobodyWhoWaitsIsForgotten() async throws {
        let (bell, clock) = (Bell(), TestClock())
        async let first: Void = bell.wait(atMost: .seconds(20), clock: clock)
        async let second: Void = bell.wait(atMost: .seconds(20), clock: clock)
        try await clock.waitForSleepers(2)

        clock.advance(by: .seconds(20))

        _ = await (first, second)
        #expect(clock.sleeperCount == 0)
    }

    @Test("Who is no longer waited for takes nobody else along")
    func cancelledWaitEndsAlone() async throws {
        let (bell, clock) = (Bell(), TestClock())
        let patient = Task { await bell.wait(atMost: .seconds(20), clock: clock) }
        let hasty = Task { await bell.wait(atMost: .seconds(20), clock: clock) }
        try await clock.waitForSleepers(2)

        hasty.cancel()
        await hasty.value

        #expect(clock.sleeperCount == 1)
        bell.ring()
        await patient.value
    }
}
