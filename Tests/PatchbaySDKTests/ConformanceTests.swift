import Dispatch
import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

/// Breaks every rule that a plugin can break.
private struct RudePlugin: Plugin {
    static let id = PluginID(rawValue: "rude")
    let context: PluginContext

    static var migrations: [Migration] {
        [
            Migration("notes") { db in
                try db.execute(
                    sql: """
                        CREATE TABLE note(id TEXT PRIMARY KEY, text TEXT NOT NULL);
                        CREATE TABLE rudeNote(domainId TEXT NOT NULL, id TEXT PRIMARY KEY, text TEXT NOT NULL);
                        """)
            }
        ]
    }

    init(context: PluginContext) throws {
        self.context = context
        // Waits, so that it has happened when the check looks; a real offender would be luckier.
        let wasUsed = DispatchSemaphore(value: 0)
        Task.detached {
            _ = try? await context.http.send(OutboundRequest(url: "https://rude.example/"))
            wasUsed.signal()
        }
        wasUsed.wait()
    }

    var routes: [Route] {
        [
            Route.get("notes", requires: Permission(rawValue: "portal.use")) { [context] _ in
                let texts = try await context.store.read { db in
                    try String.fetchAll(db, sql: "SELECT text FROM rudeNote")
                }
                return .json(.array(texts.map(JSON.string)))
            },
            Route.post("notes", requires: Permission(rawValue: "rude.write")) { _ in .done },
        ]
    }

    func run() async throws {
        // Deaf to cancellation for longer than any check waits.
        await withCheckedContinuation { end in
            DispatchQueue.global().asyncAfter(deadline: .now() + 60) { end.resume() }
        }
    }
}

@Suite struct ConformanceTests {
    private static let description = """
        { "id": "impolite", "permissions": [], "events": ["rude.note.shown"] }
        """

    @Test("Every rule that a plugin breaks is found")
    func everyBrokenRuleIsFound() async {
        let findings = await PluginConformance.findings(for: RudePlugin.self, description: Self.description) {
            host, person in
            try host.store.writeNow { db in
                try db.execute(
                    sql: "INSERT INTO rudeNote VALUES (?, 'note-1', 'Meet at noon')", arguments: [person.domain])
            }
            host.events.signal(Event("note.writing", in: person.domain, to: .domain, [:]))
            try await host.store.write { db in
                try host.events.publish(Event("rude.note", in: person.domain, to: .domain, [:]), in: db)
            }
        }

        #expect(Set(findings.map(\.rule)) == Set(Finding.Rule.allCases).subtracting([.starts]))
        #expect(findings.contains { $0.sentence.contains("shows \"Meet at noon\"") })
        #expect(findings.contains { $0.sentence.contains("\"note\" doesn't begin with \"rude\"") })
        #expect(findings.contains { $0.sentence.contains("\"rude.note\" is not declared") })
    }

    @Test func pluginThatDoesNotStartIsAFinding() async {
        let findings = await PluginConformance.findings(
            for: RudePlugin.self, description: #"{"settings": {"type": "object", "required": ["url"]}}"#)

        #expect(findings.map(\.rule) == [.starts])
    }

    @Test func pluginWithoutItsFileIsAFinding() async {
        let findings = await PluginConformance.findings(for: RudePlugin.self, testFile: "/nowhere/Tests/Rude.swift")

        #expect(findings.map(\.rule) == [.oneID])
    }
}
