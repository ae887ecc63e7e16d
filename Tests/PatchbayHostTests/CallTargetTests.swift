import FakePBX
import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

/// Whom a call goes to, and whom it may not go to.
@Suite struct CallTargetTests {
    private let office: CallInstallation

    init() async throws { office = try await CallInstallation() }

    @Test(
        "A number in any spelling is the same destination, by the contact's name",
        arguments: ["(619) 555-0142", "619-555-0142", "+1 619 555 0142", "16195550142"])
    func anySpelling(text: String) async throws {
        let call = try await office.call(text)

        #expect(call.destination == .number(CallInstallation.bob))
        #expect(call.name == "Bob Smith")
        #expect(try office.pbx.lines.map(\.request.displayName) == ["Bob Smith"])
    }

    @Test("S60: a conversation calls its other side, by SMS the number, by chat the colleague")
    func conversations() async throws {
        let (sms, chat) = try await office.portal.store.write { [office] db in
            for (id, kind, remote) in [("s", "sms", CallInstallation.bob.e164 as String?), ("c", "chat", nil)] {
                try db.execute(
                    sql: """
                        INSERT INTO conversation (id, domainId, kind, key, remote, createdAt)
                        VALUES (?, 'harbor.example', ?, ?, ?, 0)
                        """, arguments: [id, kind, id, remote])
                for user in kind == "sms" ? [office.ann.user] : [office.ann.user, office.ben.user] {
                    try db.execute(
                        sql: "INSERT INTO member (conversationId, userId, domainId) VALUES (?, ?, 'harbor.example')",
                        arguments: [id, user])
                }
            }
            return (ConversationID(rawValue: "s"), ConversationID(rawValue: "c"))
        }
        office.portal.messaging.attach(FakeChannels())
        let calls = office.portal.calls

        let toBob = try await calls.place(.conversation(sms), clientID: "a", by: office.ann).call
        try await calls.cancel(toBob.id, by: office.ann)
        let toBen = try await calls.place(.conversation(chat), clientID: "b", by: office.ann).call

        #expect(toBob.destination == .number(CallInstallation.bob))
        #expect(toBen.destination == .extension("1002"))
        #expect(toBen.name == "Ben Okafor")
        let stranger = await #expect(throws: PortalError.self) {
            try await calls.place(.conversation(sms), clientID: "c", by: office.theo)
        }
        #expect(stranger?.status == 404)
    }

    @Test(
        "Emergency numbers are denied with the advice to dial on the phone, in every spelling",
        arguments: ["911", "112", "999", "9 1 1", "9-1-1"])
    func emergencyNumbers(text: String) async throws {
        let refusal = await office.refusal(text)

        #expect(refusal?.id == "calls.denied")
        #expect(refusal?.message.contains("Dial it on your phone") == true)
        #expect(try office.pbx.lines.isEmpty)
    }

    @Test("An extension that is an emergency number in the region isn't called either")
    func emergencyExtension() async throws {
        _ = try await office.portal.store.write { [office] db in
            try office.portal.directory.addUser(
                NewUser(extension: "911", fullName: "Nina", scope: .basicUser, passwordHash: nil),
                to: CallInstallation.harbor, in: db)
        }

        #expect(await office.refusal("911")?.id == "calls.denied")
    }

    @Test("Premium-rate numbers are denied until an administrator says otherwise", arguments: ["+19005550142"])
    func premiumRate(text: String) async throws {
        #expect(await office.refusal(text)?.id == "calls.denied")

        try await setDenied([])

        #expect(try await office.call(text).state == .ringing)
    }

    @Test(
        "The domain's own list is held to, before any adapter is asked",
        arguments: [
            ("+53*", "+53 7 8381313"), ("+16195550142", "(619) 555-0142"), ("+1619555xxxx", "(619) 555-0142"),
            ("10*", "1002"), ("1002", "1002"),
        ])
    func ownList(pattern: String, dialled: String) async throws {
        try await setDenied([pattern])

        #expect(await office.refusal(dialled)?.id == "calls.denied")
        #expect(try office.pbx.lines.isEmpty)
    }

    @Test("What a pattern doesn't name is called", arguments: ["+5*", "+1619555014", "100", "+161955501421", "2*"])
    func patternsNameNoMore(pattern: String) async throws {
        try await setDenied([pattern])

        #expect(try await office.call("(619) 555-0142").state == .ringing)
    }

    @Test(
        "A pattern that can't be one is refused",
        arguments: ["", "abc", "+1*9", "**", "premium", "+123456789012345678"])
    func badPatterns(pattern: String) {
        let refusal = #expect(throws: PortalError.self) { try DeniedCalls([pattern]) }
        #expect(refusal?.id == "calls.pattern-invalid")
    }

    @Test(
        "One's own extension, a group and nonsense can't be called",
        arguments: [
            ("1001", "calls.own-phone"), ("hello", "number.invalid"), ("12", "number.invalid"),
            ("2001", "number.invalid"),
        ])
    func notCallable(text: String, id: String) async throws {
        #expect(await office.refusal(text)?.id == id)
    }

    @Test("C5: without an adapter, and where none serves the domain, the session says why nobody can call")
    func withoutAdapter() async throws {
        let none = try await CallInstallation(hasPBX: false)
        let elsewhere = try await CallInstallation(settings: ["servedDomain": "timber.example"])

        for office in [none, elsewhere] {
            let refusal = try await office.portal.store.read { [portal = office.portal, ann = office.ann] db in
                try portal.calls.refusal(for: ann, in: db)
            }
            #expect(refusal?.id == "calls.no-pbx")
            #expect(await office.refusal("1002")?.status == 403)
        }
    }

    @Test("A closed gate of the adapter closes calls, and its sentence is the reason")
    func gates() async throws {
        try await office.portal.store.write { [office] db in
            try Gates.setSwitch(FakePBX.id, .user, subject: office.ann.user.rawValue, isOn: false, in: db)
        }

        #expect(await office.refusal("1002")?.id == "gate.user-off")
    }

    private func setDenied(_ patterns: [String]) async throws {
        let denied = try DeniedCalls(patterns)
        try await office.portal.store.write { [office] db in
            try office.portal.setDeniedCalls(denied, of: CallInstallation.harbor, in: db)
        }
    }
}
