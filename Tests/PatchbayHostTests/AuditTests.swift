import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite struct AuditTests {
    let office: Office

    init() throws {
        office = try Office()
        for number in 1...5 {
            try office.store.writeNow { [clock = office.clock] db in
                try AuditLog.append(
                    AuditRecord("change-user", of: "ben\(number)", in: Office.harbor, by: AuditActor(.user, id: "ann")),
                    at: clock.now, in: db)
            }
            office.clock.advance(by: .seconds(60))
        }
    }

    private func verify(knowing head: String? = nil) throws -> AuditVerification {
        try office.store.readNow { db in try AuditVerification(in: db, knowing: head) }
    }

    /// Somebody with the file in their hands.
    private func tamper(_ sql: String) throws {
        try office.store.writeNow { db in
            try db.execute(
                sql: "DROP TRIGGER auditEntryIsNotChanged; DROP TRIGGER auditEntryIsNotRemoved; \(sql)")
        }
    }

    @Test("D7: an audit log that nobody touched is whole") func untouched() throws {
        let found = try verify()

        #expect(found.faults == [])
        #expect(found.count == 5)
        #expect(try verify(knowing: found.head).faults == [])
    }

    @Test(
        "D7: a row that was changed, removed or moved is found",
        arguments: [
            ("UPDATE auditEntry SET actor = 'cleo' WHERE sequence = 3", "Row 3 was changed"),
            ("UPDATE auditEntry SET details = '{\"a\":1}' WHERE sequence = 5", "Row 5 was changed"),
            ("DELETE FROM auditEntry WHERE sequence = 2", "rows between them are missing"),
            ("DELETE FROM auditEntry WHERE sequence = 1", "rows between them are missing"),
            ("DELETE FROM auditEntry WHERE sequence = 5", "row 5 was the last"),
            (
                """
                UPDATE auditEntry SET sequence = 99 WHERE sequence = 2;
                UPDATE auditEntry SET sequence = 2 WHERE sequence = 3;
                UPDATE auditEntry SET sequence = 3 WHERE sequence = 99
                """, "one was removed or moved"
            ),
        ])
    func tampering(_ sql: String, _ fault: String) throws {
        try tamper(sql)

        #expect(try verify().faults.contains { $0.contains(fault) })
    }

    @Test("D7: a head that was noted elsewhere finds a log that was cut off or written anew") func headKnown() throws {
        let head = try verify().head
        try tamper(
            """
            DELETE FROM auditEntry WHERE sequence = 5;
            UPDATE auditHead SET (sequence, hash) = (SELECT sequence, hash FROM auditEntry WHERE sequence = 4)
            """)

        #expect(try verify().faults == [])
        #expect(try verify(knowing: head).faults.first?.contains("cut off or written anew") == true)
    }

    @Test("D7: the log refuses to be changed") func triggersRefuse() throws {
        for sql in ["UPDATE auditEntry SET actor = ''", "DELETE FROM auditEntry"] {
            #expect(throws: DatabaseError.self) { try office.store.writeNow { db in try db.execute(sql: sql) } }
        }
        #expect(try verify().count == 5)
    }

    @Test("D7: a deed is recorded once, in its own transaction, and only if it changes something")
    func deedIsRecordedWithItsTransaction() async throws {
        let deed = Deed(
            "change-domain", of: "harbor.example", among: ["harbor.example"], fallback: nil,
            by: AuditActor(.user, id: "ann"), details: ["name": "…"], clock: office.clock)
        struct Refused: Error {}
        try await Deed.$current.withValue(deed) {
            await #expect(throws: Refused.self) {
                try await office.store.write { db in
                    try db.execute(sql: "UPDATE domain SET name = 'Lost'")
                    throw Refused()
                }
            }
            try await office.store.write { db in try db.execute(sql: "UPDATE domain SET name = 'x' WHERE id = 'none'") }
            #expect(try verify().count == 5)
            try await office.store.write { db in try db.execute(sql: "UPDATE domain SET name = 'Cove'") }
            try await office.store.write { db in try db.execute(sql: "UPDATE domain SET name = 'Cove again'") }
        }
        let page = try PageRequest()
        let newest = try office.store.readNow { db in try AuditLog.entries(.init(), page, in: db).items }

        #expect(newest.count == 6)
        #expect(newest.first?.action == "change-domain")
        #expect(newest.first?.domain == Office.harbor)
        #expect(try verify().faults == [])
    }

    @Test("D7: the log is listed by domain, person, deed and time") func filters() throws {
        var filter = AuditLog.Filter()
        filter.domain = Office.harbor
        filter.person = "ben2"
        let one = try office.store.readNow { [filter] db in try AuditLog.entries(filter, .first, in: db).items }
        filter.domain = Office.timber
        let none = try office.store.readNow { [filter] db in try AuditLog.entries(filter, .first, in: db).items }
        var late = AuditLog.Filter()
        late.from = office.clock.now.addingTimeInterval(-150)
        let page = try PageRequest(limit: 1)
        let first = try office.store.readNow { [late] db in try AuditLog.entries(late, page, in: db) }
        let next = try PageRequest(limit: 1, cursor: first.next)
        let second = try office.store.readNow { [late] db in try AuditLog.entries(late, next, in: db) }

        #expect(one.map(\.subject) == ["ben2"])
        #expect(none.isEmpty)
        #expect(first.items.map(\.subject) == ["ben5"])
        #expect(second.items.map(\.subject) == ["ben4"])
        #expect(second.next == nil)
    }
}
