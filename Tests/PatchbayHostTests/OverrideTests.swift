import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

/// Settings and the state of plugins that administrators change over the manifest.
@Suite struct OverrideTests {
    let working = PluginDesk.working

    @Test("P5: a setting changed in the portal goes over the manifest's, which goes over the default; reset goes back")
    func theNearestValueCounts() async throws {
        let desk = try await PluginDesk(["settings": ["greeting": "Ahoy"]])
        #expect(try await desk.setting("greeting")?["origin"] == "manifest")

        try await desk.set(["greeting": "Moin"])

        #expect(desk.greeting == "Moin")
        let shown = try await desk.setting("greeting")
        #expect(shown?["origin"] == "portal" && shown?["value"] == "Moin" && shown?["isInManifest"] == true)
        #expect(shown?["changedBy"] == "1000@harbor.example")

        try await desk.set([:], reset: ["greeting"])

        #expect(desk.greeting == "Ahoy")
        #expect(try await desk.setting("greeting")?["origin"] == "manifest")
    }

    @Test("P5: a change outlives a restart and a reload")
    func aChangeLasts() async throws {
        let desk = try await PluginDesk()
        try await desk.set(["greeting": "Moin"])

        await desk.portal.plugins.reload()
        #expect(desk.greeting == "Moin")
        try await desk.portal.shutdown()
        let again = try PluginDesk.portal(in: desk.folder, clock: desk.clock)
        await again.startPlugins()

        #expect((again.plugins.instance(working) as? WorkingPlugin)?.greeting == "Moin")
    }

    @Test("P5: a bad value is refused at its field, and the instance that runs stays")
    func aBadValueChangesNothing() async throws {
        let desk = try await PluginDesk()
        let before = desk.portal.plugins.generations

        let error = await #expect(throws: PortalError.self) {
            try await desk.set(["greeting": "much too long", "colour": "red"])
        }

        #expect(error?.id == "settings.invalid")
        #expect(error?.details["/greeting"] == "holds at most 10 characters")
        #expect(error?.details["/colour"]?.contains("no such setting") == true)
        #expect(desk.portal.plugins.generations == before)
        #expect(try await desk.setting("greeting")?["origin"] == "default")
    }

    @Test(
        "X14: a secret is never typed nor shown; it is the name of a variable or of a file below the manifest's folder")
    func secretsAreReferences() async throws {
        let desk = try await PluginDesk()
        try Data("hush".utf8).write(to: desk.folder.appending(path: "secret.txt"))

        for (value, words) in [
            ("hush" as JSON, "never typed"), (["$env": "NO_SUCH_VARIABLE"], "NO_SUCH_VARIABLE"),
            (["$file": "/etc/hostname"], "must lie below"), (["$file": "../s.txt"], "must lie below"),
        ] {
            let error = await #expect(throws: PortalError.self) { try await desk.set(["secret": value]) }
            #expect(error?.details["/secret"]?.contains(words) == true, "\(value)")
        }
        try await desk.set(["secret": ["$file": "secret.txt"]])

        let sheet = try await desk.portal.sheet(of: working)
        let shown = try await desk.setting("secret")
        #expect(shown?["reference"]?["isFound"] == true && shown?["value"] == nil as JSON?)
        #expect(!sheet.text.contains("hush"))
        #expect(desk.portal.plugins.plugin(working)?.settings.json["secret"] == "hush")
    }

    @Test("X14: only a secret may come from the environment or a file, or an address would send any file away")
    func otherSettingsAreNoReferences() async throws {
        let desk = try await PluginDesk()

        let error = await #expect(throws: PortalError.self) {
            try await desk.set(["greeting": ["$file": "secret.txt"]])
        }

        #expect(error?.details["/greeting"]?.contains("Only a secret") == true)
    }

    @Test("P5: a plugin is stopped and started in the portal; always and never are the operator's last word")
    func pluginsAreStoppedAndStarted() async throws {
        let desk = try await PluginDesk()

        try await desk.portal.setRuns(working, false, by: desk.root)
        #expect(desk.portal.plugins.statuses.map(\.state) == [.off])
        await desk.portal.plugins.reload()
        #expect(!desk.portal.plugins.isRunning(working))
        try await desk.portal.setRuns(working, nil, by: desk.root)
        #expect(desk.portal.plugins.isRunning(working))

        for enabled in ["always", "never"] {
            let fixed = try await PluginDesk(["enabled": .string(enabled)])
            let error = await #expect(throws: PortalError.self) {
                try await fixed.portal.setRuns(working, enabled == "never", by: fixed.root)
            }
            #expect(error?.id == "plugin.fixed")
        }
    }

    @Test("Every change is recorded with who and when, and the system administrators hear of it")
    func changesAreRecorded() async throws {
        let desk = try await PluginDesk()

        try await desk.set(["greeting": "Moin"])
        desk.clock.advance(by: .seconds(60))
        try await desk.portal.setRuns(working, false, by: desk.root)

        let changes = try await desk.portal.sheet(of: working)["changes"]?.array ?? []
        #expect(changes.map { $0["setting"]?.string } == [nil, "greeting"])
        #expect(changes.allSatisfy { $0["by"] == "1000@harbor.example" })
        #expect(changes[0]["at"] != changes[1]["at"])
        let events = try desk.portal.store.readNow { db in
            try String.fetchAll(db, sql: "SELECT recipients FROM event WHERE name = 'plugin.changed'")
        }
        #expect(events == Array(repeating: desk.root.user.rawValue, count: 2))
    }

    @Test("A setting that a new version no longer has doesn't keep the plugin from running")
    func forgottenSettingsAreLeftOut() async throws {
        let desk = try await PluginDesk()
        try await desk.set(["greeting": "Moin", "secret": ["$env": "PATH"]])

        try PluginDesk.describe(
            in: desk.folder,
            ["settings": ["type": "object", "properties": ["greeting": ["type": "string", "default": "Hi"]]]])
        await desk.portal.plugins.reload()

        #expect(desk.portal.plugins.statuses.map(\.reasonID) == [nil])
        #expect(desk.greeting == "Moin")
    }
}
