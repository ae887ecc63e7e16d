import Foundation
import PatchbaySDK

/// Calls that nobody will report about any more.
extension Calls {
    /// How often somebody looks for them.
    static let round = Duration.seconds(10)
    /// The longest that a conversation may last before its end is taken to have been missed.
    static let longestTalk = Duration.seconds(24 * 3600)

    /// Fails every call that was under way when the portal stopped: its adapter has forgotten it.
    func recover() async throws { try await lose("1", []) }

    /// Fails the calls of adapters that don't run, and those that have been set up or talked for longer than can be.
    ///
    /// - Parameter running: The adapters that run, and which instance of each.
    func sweep(running: [PluginID: Int], at now: Date) async throws {
        func moment(_ ago: Duration) -> Int { now.addingTimeInterval(-Double(ago.components.seconds)).milliseconds }
        let names = JSON.array(running.map { .string("\($0.key) \($0.value)") }).text
        try await lose(
            """
            plugin || ' ' || instance NOT IN (SELECT value FROM json_each(?)) OR startedAt < ?
            OR (state <> 'talking' AND startedAt < ?)
            """, [names, moment(Self.longestTalk), moment(Self.longestSetup)])
    }

    private func lose(_ condition: String, _ arguments: StatementArguments) async throws {
        let sql = "SELECT * FROM call WHERE endedAt IS NULL AND (\(condition))"
        // Almost always there is none, and a look needs no write.
        let isQuiet = try await store.read { db in try Row.fetchOne(db, sql: sql, arguments: arguments) == nil }
        if isQuiet { return }
        try await store.write { db in
            for row in try Row.fetchAll(db, sql: sql, arguments: arguments) {
                try self.move(PlacedCall(row), to: .failed(.lost), in: db)
            }
        }
    }
}
