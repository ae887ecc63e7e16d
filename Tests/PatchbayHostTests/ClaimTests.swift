import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Claims of shared numbers")
struct ClaimTests {
    let office: Office

    init() throws { office = try Office() }

    @Test("U3: the first reply through a shared number claims it, and a colleague is refused with the name")
    func firstReplyClaims() async throws {
        let message = try await office.arrive("Are you open?")
        _ = try await office.text("Until six.", by: office.ann, clientID: "a1")

        let refusal = await #expect(throws: PortalError.self) {
            try await office.text("Until seven.", by: office.ben, clientID: "b1")
        }

        #expect(refusal?.id == "conversation.claimed")
        #expect(refusal?.status == 409)
        #expect(refusal?.details["name"] == "Ann Whitfield")
        #expect(refusal?.details["expiresAt"] == office.clock.now.addingTimeInterval(900).rfc3339)
        #expect(try office.claim(of: message.conversation, for: office.ben)?.user == "ann")
        #expect(try office.composer(of: message.conversation, for: office.ben).closedGate == "claim")
        #expect(try office.composer(of: message.conversation, for: office.ann).refusal == nil)
    }

    @Test("U3: twenty concurrent replies of two colleagues have one claimant, and only that one's are stored")
    func racingRepliesHaveOneClaimant() async throws {
        let message = try await office.arrive("Are you open?")

        await withTaskGroup(of: Void.self) { group in
            for n in 0..<20 {
                let caller = n.isMultiple(of: 2) ? office.ann : office.ben
                group.addTask { [office] in _ = try? await office.text("Reply \(n)", by: caller, clientID: "r\(n)") }
            }
        }

        let claim = try #require(try office.claim(of: message.conversation, for: office.ann))
        let authors = try office.store.readNow { db in
            try UserID.fetchAll(db, sql: "SELECT DISTINCT authorId FROM message WHERE authorId IS NOT NULL")
        }
        #expect(authors == [claim.user])
    }

    @Test("U3: a claim ends some minutes after the last answer, by the portal's clock")
    func claimRunsOut() async throws {
        let message = try await office.arrive("Are you open?")
        _ = try await office.text("Yes.", by: office.ann, clientID: "a1")
        office.clock.advance(by: .seconds(14 * 60))
        _ = try await office.text("Until six.", by: office.ann, clientID: "a2")

        office.clock.advance(by: .seconds(14 * 60))
        #expect(try office.claim(of: message.conversation, for: office.ben)?.user == "ann")
        office.clock.advance(by: .seconds(60))

        #expect(try office.claim(of: message.conversation, for: office.ben) == nil)
        _ = try await office.text("Anything else?", by: office.ben, clientID: "b1")
        #expect(try office.claim(of: message.conversation, for: office.ann)?.user == "ben")
    }

    @Test("U3: the domain says how many minutes a claim lasts", arguments: [1, 1_440])
    func domainSaysHowLong(minutes: Int) async throws {
        let message = try await office.arrive("Are you open?")
        let directory = DirectoryStore(clock: office.clock, events: office.events) { _ in false }
        try office.store.writeNow { db in
            try directory.updateDomain(Office.harbor, DomainChange(claimMinutes: .set(minutes)), in: db)
        }

        _ = try await office.text("Yes.", by: office.ann, clientID: "a1")

        let end = try #require(try office.claim(of: message.conversation, for: office.ben)).expiresAt
        #expect(end == office.clock.now.addingTimeInterval(Double(minutes) * 60))
    }

    @Test("A domain's claim minutes are 1 to 1,440", arguments: [0, -1, 1_441])
    func claimMinutesHaveBounds(minutes: Int) throws {
        let directory = DirectoryStore(clock: office.clock, events: office.events) { _ in false }

        #expect {
            try office.store.writeNow { db in
                try directory.updateDomain(Office.harbor, DomainChange(claimMinutes: .set(minutes)), in: db)
            }
        } throws: { ($0 as? PortalError)?.id == "directory.claim-minutes-invalid" }
    }

    @Test("U3: taking over succeeds for who knows the present claimant, and for nobody else")
    func takingOverComparesAndSets() async throws {
        let id = try await office.arrive("Are you open?").conversation
        _ = try await office.text("Yes.", by: office.ann, clientID: "a1")

        let stale = await #expect(throws: PortalError.self) {
            try await office.messaging.claim(id, from: nil, by: office.ben)
        }
        try await office.messaging.claim(id, from: "ann", by: office.ben)
        let late = await #expect(throws: PortalError.self) {
            try await office.messaging.claim(id, from: nil, by: office.ann)
        }

        #expect(stale?.id == "conversation.claimed")
        #expect(late?.details["name"] == "Ben Okafor")
        #expect(try office.claim(of: id, for: office.ann)?.user == "ben")
    }

    @Test("U3: who answers can let go, and nobody can for them")
    func releasing() async throws {
        let id = try await office.arrive("Are you open?").conversation
        _ = try await office.text("Yes.", by: office.ann, clientID: "a1")

        let refusal = await #expect(throws: PortalError.self) { try await office.messaging.release(id, by: office.ben) }
        try await office.messaging.release(id, by: office.ann)

        #expect(refusal?.id == "conversation.claim-not-yours")
        #expect(try office.claim(of: id, for: office.ann) == nil)
        _ = try await office.text("Hello.", by: office.ben, clientID: "b1")
    }

    @Test("U3: a number of one person never shows a claim")
    func singleNumberHasNoClaim() async throws {
        let id = try await office.arrive("For Ann", at: Office.direct).conversation
        _ = try await office.text("Yes.", by: office.ann, clientID: "a1", from: Office.direct)

        let refusal = await #expect(throws: PortalError.self) {
            try await office.messaging.claim(id, from: nil, by: office.ann)
        }

        let view = try office.view(of: id, for: office.ann)
        #expect(view.json["isShared"] == .bool(false))
        #expect(view.json["claim"] == nil)
        #expect(refusal?.id == "conversation.not-shared")
    }

    @Test("U3: a claim of somebody who was disabled or has lost the number counts as none", arguments: [true, false])
    func claimOfTheGoneIsNone(isDisabled: Bool) async throws {
        let id = try await office.arrive("Are you open?").conversation
        try office.store.writeNow { [office] db in try office.assign("cleo", db) }
        _ = try await office.text("Yes.", by: office.ann, clientID: "a1")

        try office.store.writeNow { [office] db in
            if isDisabled {
                try db.execute(sql: "UPDATE user SET isEnabled = 0 WHERE id = 'ann'")
            } else {
                try office.unassign("ann", db)
            }
        }

        #expect(try office.claim(of: id, for: office.ben) == nil)
        _ = try await office.text("Hello.", by: office.ben, clientID: "b1")
        #expect(try office.claim(of: id, for: office.cleo)?.user == "ben")
    }

    @Test("U3: everybody of the number is told who answers, and that nobody does any more")
    func peopleAreTold() async throws {
        let id = try await office.arrive("Are you open?").conversation
        _ = try await office.text("Yes.", by: office.ann, clientID: "a1")
        office.clock.advance(by: .seconds(900))

        let next = try await office.messaging.endExpiredClaims()

        let told = try office.told("conversation.changed")
        #expect(told.map { $0["claim"]?["userId"]?.string } == ["ann", "ann", nil, nil])
        #expect(told.allSatisfy { $0["conversationId"]?.string == id.rawValue && $0.object?["claim"] != nil })
        #expect(next == nil)
    }

    @Test("A plugin's message passes a claim, and claims nothing")
    func pluginsPass() async throws {
        let id = try await office.arrive("STOP").conversation
        _ = try await office.text("Yes.", by: office.ann, clientID: "a1")

        let sent = try await office.store.write { [office] db in
            let conversation = try office.messaging.require(id, in: db)
            return try office.messaging.send(
                Draft(
                    conversation: conversation, author: .plugin("sms"), purpose: .complianceReply, text: "Bye.",
                    from: Office.desk), in: db)
        }

        #expect(sent.isAutomatic)
        #expect(try office.claim(of: id, for: office.ben)?.user == "ann")
    }
}
