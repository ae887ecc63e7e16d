import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

/// What becomes of background work that fails.
@Suite struct LoadingSupervisionTests {
    let diary = LoadingDiary()

    @Test("F33: background work that fails is shown as degraded and tried again after 1, 2 and 4 seconds")
    func failingWorkIsTriedAgain() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await LoadingInstallation()
            try installation.install("flaky")
            let registry = installation.registry(TypesInProcess(FlakyPlugin.self))
            registry.onChange { [diary] in diary.note(registry.status("flaky")?.state.rawValue ?? "") }
            await registry.start(makingContextsWith: installation.makeContext)

            await diary.wait(for: "degraded")
            #expect(registry.status("flaky")?.reason?.hasSuffix("The peer hung up.") == true)
            #expect(registry.runs("flaky"))
            try await expectNextRun(after: .seconds(1), installation)
            await diary.wait(for: "degraded", times: 2)
            try await expectNextRun(after: .seconds(2), installation)
            await diary.wait(for: "degraded", times: 3)
            try await expectNextRun(after: .seconds(4), installation)

            // The plugin's own sleep, and the supervisor's that waits for it to last.
            try await installation.clock.waitForSleepers(2)
            installation.clock.advance(by: .seconds(10))
            await diary.wait(for: "running", times: 2)
            #expect(registry.status("flaky")?.reason == nil)
            await registry.shutdown()
        }
    }

    /// The next try comes after `wait`, and not a moment earlier.
    private func expectNextRun(after wait: Duration, _ installation: LoadingInstallation) async throws {
        let runs = diary.lines.count { $0 == "run" }
        try await installation.clock.waitForSleepers()
        installation.clock.advance(by: wait - .milliseconds(1))
        #expect(diary.lines.count { $0 == "run" } == runs)
        #expect(installation.clock.sleeperCount == 1)
        installation.clock.advance(by: .milliseconds(1))
        await diary.wait(for: "run", times: runs + 1)
    }

    @Test("Work that doesn't end when it is cancelled is left behind after 10 seconds")
    func stubbornWorkIsLeftBehind() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await LoadingInstallation()
            try installation.install("stubborn")
            let registry = await installation.started(TypesInProcess(StubbornPlugin.self))
            await diary.wait(for: "run")
            // The supervisor's own wait is over, so that the one below is the registry's.
            try await installation.clock.waitForSleepers()
            installation.clock.advance(by: .seconds(10))

            try installation.list([])
            async let reloaded = registry.reload()
            try await installation.clock.waitForSleepers()
            #expect(!registry.runs("stubborn"))
            installation.clock.advance(by: .seconds(10))

            #expect(await reloaded.isEmpty)
            diary.note("release")
        }
    }

    @Test("Work that returns has ended for good, and that is fine")
    func returningWorkIsFine() async throws {
        let installation = try await LoadingInstallation()
        try installation.install("plain")

        let registry = await installation.started(TypesInProcess(PlainPlugin.self))

        #expect(registry.status("plain")?.state == .running)
        await registry.shutdown()
    }
}
