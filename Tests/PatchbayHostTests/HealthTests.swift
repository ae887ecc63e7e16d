import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite struct HealthTests {
    @Test("D4: the figures are those of the files, and the versions those of what runs")
    func figuresAreTrue() async throws {
        let desk = try await PluginDesk()

        let health = try await desk.portal.health()

        let size = try desk.folder.appending(path: "s.sqlite").resourceValues(forKeys: [.fileSizeKey]).fileSize
        #expect(health["store"]?["databaseBytes"]?.int == size)
        #expect((health["store"]?["freeDiskBytes"]?.int ?? 0) > 0)
        #expect(health["store"]?["integrity"] == nil)
        #expect(health["versions"]?["sqlite"]?.string?.hasPrefix("3.") == true)
        #expect(health["versions"]?["migrations"]?.array?.map { $0["owner"] } == ["core"])
        #expect(health["startedAt"]?.string == desk.clock.now.rfc3339)
    }

    @Test("D4: a new server has looked through its file by itself")
    func newFileIsChecked() async throws {
        let desk = try await PluginDesk()
        let running = Task { await desk.portal.watchIntegrity() }
        defer { running.cancel() }

        try await eventually {
            try await desk.portal.health()["store"]?["integrity"]?["faults"] == []
        }
    }

    @Test("D4: the file is looked through once a day, and the finding is kept")
    func integrityIsChecked() async throws {
        let desk = try await PluginDesk()
        let check = IntegrityCheck(store: desk.portal.store, clock: desk.clock)
        let first = desk.clock.now

        try await check.runIfDue()
        desk.clock.advance(by: .seconds(3600))
        try await check.runIfDue()

        let found = try await desk.portal.health()["store"]?["integrity"]
        #expect(found?["faults"] == [])
        #expect(found?["checkedAt"]?.string == first.rfc3339)
        desk.clock.advance(by: .seconds(23 * 3600))
        try await check.runIfDue()
        let later = try await desk.portal.health()["store"]?["integrity"]?["checkedAt"]?.string
        #expect(later == desk.clock.now.rfc3339)
    }
}
