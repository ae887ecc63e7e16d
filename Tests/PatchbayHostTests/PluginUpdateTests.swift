import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

/// What an update would newly be allowed, before anybody reloads.
@Suite struct PluginUpdateTests {
    @Test("D4: nothing waits while the papers on disk are those that run")
    func nothingWaits() async throws {
        let desk = try await PluginDesk()

        #expect(try desk.portal.plugins.waitingUpdates() == [])
    }

    @Test("D4: new permissions, further scopes, hosts and places are named; what was there before isn't")
    func whatIsNewIsNamed() async throws {
        let desk = try await PluginDesk()
        let before: JSON = [
            "permissions": [["id": "working.use", "title": "Work", "scopes": ["super-user"]]],
            "outboundHosts": ["old.example"],
        ]
        try PluginDesk.describe(in: desk.folder, before)
        await desk.portal.plugins.reload()

        try PluginDesk.describe(
            in: desk.folder,
            [
                "version": "1.1.0",
                "permissions": [
                    ["id": "working.use", "title": "Work", "scopes": ["super-user", "basic-user"]],
                    ["id": "working.rest", "title": "Rest", "scopes": ["reseller"]],
                ],
                "outboundHosts": ["old.example", "new.example:8443"],
                "slots": [["slot": "home.card", "module": "card.js", "element": "working-card"]],
            ])

        let update = try #require(try desk.portal.plugins.waitingUpdates().first)
        #expect(update.fromVersion == "1.0.0" && update.toVersion == "1.1.0")
        #expect(update.permissions.map(\.id.rawValue) == ["working.use", "working.rest"])
        #expect(update.permissions.map(\.scopes) == [[.basicUser], [.reseller]])
        #expect(update.hosts == ["new.example:8443"])
        #expect(update.slots.map(\.slot) == ["home.card"])
        #expect(update.isAllowedMore)
    }

    @Test("D4: while an update waits its settings can't be changed past it; other plugins' papers aren't read at all")
    func anUpdateIsNotTakenInByTheWay() async throws {
        let desk = try await PluginDesk()
        try PluginDesk.describe(in: desk.folder, ["version": "1.1.0"])

        let error = await #expect(throws: PortalError.self) { try await desk.set(["greeting": "Moin"]) }

        #expect(error?.id == "plugin.update-waiting")
        #expect(desk.portal.plugins.description(PluginDesk.working)?.version.description == "1.0.0")
    }

    @Test("D4: plugins that the manifest on disk adds or no longer has are told")
    func comingAndGoingIsTold() async throws {
        let desk = try await PluginDesk()
        try PluginDesk.list([], in: desk.folder)
        #expect(try desk.portal.plugins.waitingUpdates().map(\.kind) == [.removed])

        await desk.portal.plugins.reload()
        try PluginDesk.list([Papers.entry("working")], in: desk.folder)

        #expect(try desk.portal.plugins.waitingUpdates().map(\.kind) == [.added])
    }
}
