import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite(.timeLimit(.minutes(5))) struct PatienceTests {
    let clock = TestClock()

    @Test("F32: a plugin that neither answers nor listens when it is cancelled holds nobody up")
    func deafPluginIsLeftBehind() async throws {
        let diary = LoadingDiary()
        async let outcome = Patience.outcome(within: .seconds(10), clock: clock) { await diary.wait(for: "release") }
        try await clock.waitForSleepers()

        clock.advance(by: .seconds(10))

        #expect(await outcome == nil)
        diary.note("release")
    }

    @Test func whatComesInTimeIsPassedOn() async throws {
        let answer = await Patience.outcome(within: .seconds(10), clock: clock) { 7 }
        let refusal = await Patience.outcome(within: .seconds(10), clock: clock) { () throws -> Int in
            throw PortalError.notFound("phone")
        }

        #expect(try answer?.get() == 7)
        #expect(throws: PortalError.notFound("phone")) { _ = try refusal?.get() }
    }
}
