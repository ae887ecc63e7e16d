import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

/// Plugins come, go and are swapped while the portal runs.
@Suite struct LoadingReloadTests {
    let diary = LoadingDiary()
    let working = PluginID(rawValue: "working")

    /// An installation whose plugin `working` works.
    private func installation(_ settings: JSON = [:]) async throws -> LoadingInstallation {
        let installation = try await LoadingInstallation()
        try installation.describe("working", WorkingPlugin.settings)
        try installation.list([Papers.entry("working", ["settings": settings])])
        return installation
    }

    @Test("A4: a plugin taken out of the manifest is gone at the next reload, and back when it is put back")
    func pluginsComeAndGo() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await installation()
            let registry = await installation.started(TypesInProcess(WorkingPlugin.self))
            await diary.wait(for: "run Hello")

            try installation.list([])
            await registry.reload()

            #expect(!registry.isRunning(working))
            #expect(registry.running.isEmpty)
            #expect(registry.statuses.isEmpty)
            #expect(diary.lines.last == "end Hello")

            try installation.list([Papers.entry("working")])
            await registry.reload()
            await diary.wait(for: "run Hello", times: 2)

            #expect(registry.plugin(working)?.routes.map(\.path) == ["greeting"])
            await registry.shutdown()
        }
    }

    @Test("A plugin that is switched off doesn't run, and says so", arguments: ["off", "never"])
    func switchedOffPluginDoesNotRun(enabled: String) async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await installation()
            let registry = await installation.started(TypesInProcess(WorkingPlugin.self))

            try installation.list([Papers.entry("working", ["enabled": .string(enabled)])])
            await registry.reload()

            #expect(registry.status("working")?.state == .off)
            #expect(registry.status("working")?.name == "Working")
            #expect(!registry.isRunning(working))
        }
    }

    @Test("Changed settings make a new instance; the old one ends before the new one works")
    func changedSettingsSwapTheInstance() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await installation()
            let registry = await installation.started(TypesInProcess(WorkingPlugin.self))
            await diary.wait(for: "run Hello")

            try installation.list([Papers.entry("working", ["settings": ["greeting": "Ahoy"]])])
            await registry.reload()
            await diary.wait(for: "run Ahoy")

            #expect(diary.lines == ["init Hello", "run Hello", "init Ahoy", "end Hello", "run Ahoy"])
            #expect((registry.instance(working) as? WorkingPlugin)?.greeting == "Ahoy")
            await registry.shutdown()
        }
    }

    @Test("A changed secret file makes a new instance too")
    func changedSecretSwapsTheInstance() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await installation(["greeting": ["$file": "greeting"]])
            try installation.write("greeting", "Hi\n".utf8)
            let registry = await installation.started(TypesInProcess(WorkingPlugin.self))

            try installation.write("greeting", "Yo\n".utf8)
            await registry.reload()

            #expect((registry.instance(working) as? WorkingPlugin)?.greeting == "Yo")
            await registry.shutdown()
        }
    }

    @Test("An unchanged plugin runs on undisturbed through a reload")
    func unchangedPluginRunsOn() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await installation()
            let registry = await installation.started(TypesInProcess(WorkingPlugin.self, PlainPlugin.self))
            await diary.wait(for: "run Hello")
            let before = registry.status("working")

            installation.clock.advance(by: .seconds(5))
            try installation.describe("plain")
            try installation.list([Papers.entry("plain"), Papers.entry("working", ["settings": [:]])])
            await registry.reload()

            #expect(diary.lines == ["init Hello", "run Hello"])
            #expect(registry.status("working") == before)
            #expect(registry.running.map(\.id.rawValue) == ["plain", "working"])
            await registry.shutdown()
        }
    }

    @Test("A plugin whose settings became wrong is declined, and what requires it as well")
    func wrongSettingsDeclineTheRunningPlugin() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await installation()
            try installation.describe("leaning", ["requires": [["id": "working"]]])
            try installation.list([Papers.entry("leaning"), Papers.entry("working")])
            let registry = await installation.started(TypesInProcess(WorkingPlugin.self, LeaningPlugin.self))
            #expect(registry.statuses.map(\.state) == [.running, .running])
            #expect(diary.lines.prefix(2) == ["init Hello", "init leaning"])

            try installation.list([Papers.entry("leaning"), Papers.entry("working", ["settings": ["greeting": 1]])])
            await registry.reload()

            #expect(registry.status("working")?.reasonID == "settings.invalid")
            #expect(registry.status("leaning")?.reasonID == "plugin.requirement-declined")
            #expect(registry.running.isEmpty)
        }
    }

    @Test("A manifest that became unreadable changes nothing, and is told of until it is mended")
    func unreadableManifestChangesNothing() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await installation()
            let registry = await installation.started(TypesInProcess(WorkingPlugin.self))

            try installation.write("manifest.json", "{".utf8)
            await registry.reload()

            #expect(registry.isRunning(working))
            #expect(registry.manifestFault?.id == "file.not-json")

            try installation.list([Papers.entry("working")])
            await registry.reload()

            #expect(registry.manifestFault == nil)
            await registry.shutdown()
        }
    }

    @Test("Whoever listens hears of every change")
    func listenersHearOfChanges() async throws {
        try await LoadingDiary.$current.withValue(diary) {
            let installation = try await installation()
            let registry = await installation.started(TypesInProcess(WorkingPlugin.self))
            registry.onChange { [diary] in diary.note("changed") }

            try installation.list([])
            await registry.reload()

            #expect(diary.lines.contains("changed"))
        }
    }

    @Test("A plugin whose tables can't be made is declined")
    func failingMigrationDeclines() async throws {
        let installation = try await LoadingInstallation()
        try installation.install("clumsy")

        let registry = await installation.started(TypesInProcess(ClumsyPlugin.self))

        #expect(registry.status("clumsy")?.reasonID == "plugin.migration-failed")
    }
}
