import PatchbaySDK
import Testing

@testable import SMS

/// A store that was filled before opt-outs were a ledger.
@Suite struct LedgerMigrationTests {
    let queue: DatabaseQueue

    init() throws {
        queue = try DatabaseQueue()
        try queue.write { db in
            for migration in SMSMigrations.all.prefix(while: { $0.name != SMSMigrations.ledger.name }) {
                try migration.migrate(db)
            }
            try db.execute(
                sql: """
                    INSERT INTO smsOptOut (domainId, remote, ourNumber, word, at, reason, addedBy) VALUES
                        ('acme.example', '+16195550101', '+16195550188', 'STOP', 100, NULL, NULL),
                        ('acme.example', '+16195550102', NULL, '', 300, 'By letter', 'Olga Lindqvist'),
                        ('other.example', '+16195550103', '+13035550199', 'CANCEL', 150, NULL, NULL);
                    INSERT INTO smsOptOutChange (domainId, remote, isAdded, reason, changedBy, at) VALUES
                        ('acme.example', '+16195550102', 1, 'By telephone', 'Olga Lindqvist', 110),
                        ('acme.example', '+16195550103', 1, 'By mistake', 'Olga Lindqvist', 120),
                        ('acme.example', '+16195550102', 0, 'Wants texts again', 'Olga Lindqvist', 200),
                        ('acme.example', '+16195550103', 0, 'It was a mistake', 'Olga Lindqvist', 210),
                        ('acme.example', '+16195550102', 1, 'By letter', 'Olga Lindqvist', 300);
                    """)
            try SMSMigrations.ledger.migrate(db)
        }
    }

    private func lines(_ sql: String) throws -> [String] { try queue.read { db in try String.fetchAll(db, sql: sql) } }

    @Test func whoeverWasStoppedIsStoppedForAllNumbersOfTheSameDomain() throws {
        let stopped = try lines("SELECT domainId || ' ' || remote || through FROM smsStop ORDER BY remote")
        #expect(
            stopped == [
                "acme.example +16195550101", "acme.example +16195550102", "other.example +16195550103",
            ])
        let grounds = try lines(
            """
            SELECT deed || ' ' || source || ' ' || coalesce(reason, word)
            FROM smsStop JOIN smsLedger ON ledgerId = id ORDER BY smsStop.remote
            """)
        #expect(grounds == ["stop keyword STOP", "stop administrator By letter", "stop keyword CANCEL"])
    }

    @Test func everyChangeIsInTheLedgerOnce() throws {
        let story = try lines(
            """
            SELECT at || ' ' || deed || ' ' || coalesce(reason, word) FROM smsLedger
            WHERE domainId = 'acme.example' AND remote IN ('+16195550102', '+16195550103') ORDER BY at
            """)
        #expect(
            story == [
                "110 stop By telephone", "120 stop By mistake", "200 start Wants texts again",
                "210 start It was a mistake", "300 stop By letter",
            ])
    }

    @Test func theOldTablesAreGone() throws {
        let old = try lines("SELECT name FROM sqlite_master WHERE name LIKE 'smsOptOut%'")
        #expect(old == [])
    }
}
