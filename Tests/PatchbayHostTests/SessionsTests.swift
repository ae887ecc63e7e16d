import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct SessionsTests {
    let installation: DirectoryInstallation
    let ann: User

    init() throws {
        installation = try DirectoryInstallation()
        ann = try installation.ann()
    }

    private func isAlive(_ signedIn: SignedIn) async throws -> Bool {
        try await installation.sessions.caller(token: signedIn.token) != nil
    }

    @Test func aPasswordMatchesItsHashAndNoOther() async throws {
        let hash = try await installation.passwords.hash("correct horse battery")
        let again = try await installation.passwords.hash("correct horse battery")

        #expect(hash.hasPrefix("scrypt$16$8$1$"))
        #expect(hash != again)
        #expect(try await installation.passwords.matches("correct horse battery", hash))
        #expect(try await !installation.passwords.matches("correct horse batterz", hash))
        #expect(try await !installation.passwords.matches("", nil))
    }

    @Test func theUsualCostIsThatOfRFC7914sInteractiveUseOrMore() async throws {
        let passwords = Passwords()

        let hash = try await passwords.hash("a long password")

        #expect(hash.hasPrefix("scrypt$32768$8$1$"))
        #expect(try await passwords.matches("a long password", hash))
    }

    @Test func signingInByExtensionOrEmailGivesTheCaller() async throws {
        for login in ["1001@harbor.example", "ann@harbor.example"] {
            let signedIn = try await installation.signIn(login)

            #expect(try await installation.sessions.caller(token: signedIn.token)?.caller == ann.caller)
        }
    }

    @Test("X9: who is unknown, disabled, without a password or mistyped hears the same") func noEnumeration()
        async throws
    {
        try installation.add("Cleo Marchetti", "1003")
        let ben = try installation.add("Ben Okafor", "1002", password: DirectoryInstallation.password)
        try installation.store.writeNow { [installation] db in
            try installation.directory.updateUser(ben.id, of: ben.domain, UserChange(isEnabled: .set(false)), in: db)
        }

        var errors: Set<String> = []
        for (login, password) in [
            ("1001@harbor.example", "wrong"), ("9999@harbor.example", DirectoryInstallation.password),
            ("1003@harbor.example", ""), ("1002@harbor.example", DirectoryInstallation.password), ("x\0@", "y"),
        ] {
            do { _ = try await installation.signIn(login, password) } catch { errors.insert("\(error)") }
        }

        #expect(errors.count == 1)
        #expect(errors.first?.contains("session.wrong-password") == true)
    }

    @Test func somebodyWithoutPortalAccessIsTurnedAwayWithAReason() async throws {
        try installation.add("Lobby phone", "1099", scope: .noPortal, password: DirectoryInstallation.password)

        let refused = await refusal { _ = try await installation.signIn("1099@harbor.example") }

        #expect(refused == "session.no-portal")
    }

    @Test("X10: every sign-in has a new token, and the browser's former session ends") func rotation() async throws {
        let first = try await installation.signIn()
        let second = try await installation.signIn(replacing: first.token)

        #expect(first.token != second.token)
        #expect(try await !isAlive(first))
        #expect(try await isAlive(second))
        #expect(installation.cut.all == [first.session.id])
    }

    @Test("X12: neither the token nor the password is in the database") func onlyHashesAreStored() async throws {
        let signedIn = try await installation.signIn()

        let rows = try installation.store.readNow { db in
            try Row.fetchAll(db, sql: "SELECT * FROM session").map(\.description)
                + Row.fetchAll(db, sql: "SELECT * FROM user").map(\.description)
        }

        #expect(!rows.contains { $0.contains(signedIn.token) || $0.contains(DirectoryInstallation.password) })
    }

    @Test("X10: a session ends after 7 days without use") func idleExpiry() async throws {
        let signedIn = try await installation.signIn()
        installation.clock.advance(by: .seconds(7 * 86_400 - 60))
        #expect(try await isAlive(signedIn))

        installation.clock.advance(by: .seconds(7 * 86_400))

        #expect(try await !isAlive(signedIn))
    }

    @Test("X10: a session ends after 30 days even if it is used") func absoluteExpiry() async throws {
        let signedIn = try await installation.signIn()
        var daysAlive = 0
        while try await isAlive(signedIn), daysAlive < 40 {
            installation.clock.advance(by: .seconds(86_400))
            daysAlive += 1
        }

        #expect(daysAlive == 30)
    }

    @Test("X10: a session that ran out is cut from its streams") func recheckCuts() async throws {
        let signedIn = try await installation.signIn()
        #expect(try await isAlive(signedIn))
        installation.clock.advance(by: .seconds(8 * 86_400))

        try await installation.sessions.recheckAll()

        #expect(installation.cut.all == [signedIn.session.id])
    }

    @Test("X10: signing out ends the session at once, cache and all") func signOut() async throws {
        let signedIn = try await installation.signIn()
        #expect(try await isAlive(signedIn))

        try await installation.sessions.revoke(signedIn.session.id, of: ann.caller)

        #expect(try await !isAlive(signedIn))
        #expect(installation.cut.all == [signedIn.session.id])
    }

    @Test func nobodyEndsOrSeesSomebodyElsesSession() async throws {
        let ben = try installation.add("Ben Okafor", "1002")
        let signedIn = try await installation.signIn()

        let refused = await refusal { try await installation.sessions.revoke(signedIn.session.id, of: ben.caller) }

        #expect(refused == "not-found")
        #expect(try await isAlive(signedIn))
        #expect(try await installation.sessions.sessions(of: ben.caller).isEmpty)
        #expect(try await installation.sessions.sessions(of: ann.caller).map(\.id) == [signedIn.session.id])
    }

    @Test("X10: a changed password ends the other sessions and keeps this one") func changePassword() async throws {
        let here = try await installation.signIn()
        let there = try await installation.signIn()
        let session = try #require(try await installation.sessions.caller(token: here.token))
        #expect(try await isAlive(there))

        try await installation.sessions.changePassword(
            of: session, from: DirectoryInstallation.password, to: "another long password")

        #expect(try await isAlive(here))
        #expect(try await !isAlive(there))
        #expect(installation.cut.all == [there.session.id])
        #expect(await refusal { _ = try await installation.signIn() } == "session.wrong-password")
        #expect(try await isAlive(try await installation.signIn("1001@harbor.example", "another long password")))
    }

    @Test(arguments: [
        ("wrong", "another long password", "session.wrong-password"),
        (DirectoryInstallation.password, "short", "password.too-short"),
        (DirectoryInstallation.password, String(repeating: "x", count: 1025), "password.too-long"),
    ])
    func aPasswordIsChangedOnlyByOneWhoKnowsItAndToAUsableOne(from: String, to: String, expected: String) async throws {
        let signedIn = try await installation.signIn()
        let session = try #require(try await installation.sessions.caller(token: signedIn.token))

        let refused = await refusal {
            try await installation.sessions.changePassword(of: session, from: from, to: to)
        }

        #expect(refused == expected)
        #expect(await refusal { _ = try await installation.signIn() } == nil)
    }

    @Test("X10: disabling a user ends their sessions and tokens") func disabling() async throws {
        let signedIn = try await installation.signIn()
        #expect(try await isAlive(signedIn))
        let secret = try installation.store.writeNow { [installation, ann] db in
            let secret = try installation.tokens.make(
                name: "CRM", permissions: [.portal], heldBy: ann.caller, having: [.portal], expiresAt: nil, in: db
            ).secret
            try installation.directory.updateUser(ann.id, of: ann.domain, UserChange(isEnabled: .set(false)), in: db)
            return secret
        }

        try await installation.sessions.accessChanged(of: ann.id)

        #expect(try await !isAlive(signedIn))
        #expect(installation.cut.all == [signedIn.session.id])
        #expect(try await installation.tokens.caller(bearer: secret) == nil)
    }

    @Test func aNewScopeHoldsFromTheNextRequestOn() async throws {
        let signedIn = try await installation.signIn()
        #expect(try await isAlive(signedIn))

        try installation.store.writeNow { [installation, ann] db in
            try installation.directory.updateUser(
                ann.id, of: ann.domain, UserChange(scope: .set(.officeManager)), in: db)
        }
        try await installation.sessions.accessChanged(of: ann.id)

        #expect(try await installation.sessions.caller(token: signedIn.token)?.caller.scope == .officeManager)
        #expect(installation.cut.all.isEmpty)
    }

    @Test func usingASessionIsNotedOnceAMinute() async throws {
        let signedIn = try await installation.signIn()
        let before = installation.store.commitCounts.calls
        for _ in 0..<12 {
            installation.clock.advance(by: .seconds(10))
            _ = try await isAlive(signedIn)
        }

        #expect(installation.store.commitCounts.calls - before == 2)
    }
}
