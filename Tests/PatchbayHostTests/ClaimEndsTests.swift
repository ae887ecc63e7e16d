import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Claims of somebody who can't answer any more")
struct ClaimEndsTests {
    let office: Office
    let directory: DirectoryStore

    init() throws {
        office = try Office()
        directory = DirectoryStore(clock: office.clock, events: office.events) { _ in false }
    }

    /// The claims that Ben's browsers were told of, oldest first; an empty text for nobody.
    private func told() throws -> [String] {
        try office.store.readNow { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT coalesce(json_extract(body, '$.claim.userId'), '') FROM event
                    WHERE name = ? AND recipients = 'ben' AND json_type(body, '$.claim') IS NOT NULL ORDER BY offset
                    """, arguments: [Messaging.EventName.conversation])
        }
    }

    private func claimed() async throws -> ConversationID {
        let id = try await office.arrive("Are you open?").conversation
        _ = try await office.text("Until six.", by: office.ann, clientID: "a1")
        #expect(try told().last == "ann")
        return id
    }

    @Test("U3: when the one who answers loses the number, the others are told at once")
    func losingTheNumber() async throws {
        let id = try await claimed()

        try office.store.writeNow { [office] db in
            try office.numbers.unassign(Office.desk, from: "ann", of: Office.harbor, in: db)
        }

        #expect(try told().last == "")
        #expect(try office.composer(of: id, for: office.ben).closedGate == nil)
    }

    @Test("U3: when the one who answers is disabled, the others are told at once; enabled again they begin anew")
    func beingDisabled() async throws {
        let id = try await claimed()

        try office.store.writeNow { [directory] db in
            try directory.updateUser("ann", of: Office.harbor, UserChange(isEnabled: .set(false)), in: db)
        }
        #expect(try told().last == "")
        try office.store.writeNow { [directory] db in
            try directory.updateUser("ann", of: Office.harbor, UserChange(isEnabled: .set(true)), in: db)
        }

        #expect(try office.claim(of: id, for: office.ben) == nil)
    }

    @Test("U3: when the one who answers is removed, the others are told at once")
    func beingRemoved() async throws {
        _ = try await claimed()

        try office.store.writeNow { [directory] db in
            try directory.removeUser("ann", of: Office.harbor, in: db)
        }

        #expect(try told().last == "")
    }
}
