import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct SessionsTokenTests {
    let installation: DirectoryInstallation
    let ann: Caller

    init() throws {
        installation = try DirectoryInstallation()
        ann = try installation.ann().caller
    }

    private func make(
        _ permissions: Set<Permission> = [.portal], having held: Set<Permission> = [.portal],
        endsIn life: Duration? = nil
    ) throws -> (secret: String, token: APIToken) {
        let expiry = life.map { installation.clock.now.addingTimeInterval(Double($0.components.seconds)) }
        return try installation.store.writeNow { [installation, ann] db in
            try installation.tokens.make(
                name: "CRM", permissions: permissions, heldBy: ann, having: held, expiresAt: expiry, in: db)
        }
    }

    @Test func aTokenGivesItsUserAndItsPermissions() async throws {
        let made = try make()

        let found = try await installation.tokens.caller(bearer: made.secret)

        #expect(found?.id == made.token.id)
        #expect(found?.caller == ann)
        #expect(found?.permissions == [.portal])
        #expect(try await installation.tokens.caller(bearer: made.secret + "x") == nil)
        #expect(try await installation.tokens.caller(bearer: "") == nil)
    }

    @Test func aTokenCanNotDoMoreThanItsMaker() throws {
        #expect(refusal { _ = try make([.systemAdmin], having: [.portal]) } == "token.permission-not-held")
        #expect(refusal { _ = try make([], having: [.portal]) } == "token.permission-not-held")
    }

    @Test func aTokenEndsOnItsDay() async throws {
        let made = try make(endsIn: .seconds(3600))
        #expect(try await installation.tokens.caller(bearer: made.secret) != nil)

        installation.clock.advance(by: .seconds(3600))

        #expect(try await installation.tokens.caller(bearer: made.secret) == nil)
        #expect(refusal { _ = try make(endsIn: .seconds(-1)) } == "token.expiry-past")
    }

    @Test func aRevokedTokenIsWorthNothingAndOnlyItsOwnerRevokesIt() async throws {
        let made = try make()
        let ben = try installation.add("Ben Okafor", "1002").caller

        let refused = refusal {
            try installation.store.writeNow { [installation] db in
                try installation.tokens.revoke(made.token.id, of: ben, in: db)
            }
        }
        #expect(refused == "not-found")
        #expect(try await installation.tokens.caller(bearer: made.secret) != nil)
        try installation.store.writeNow { [installation, ann] db in
            try installation.tokens.revoke(made.token.id, of: ann, in: db)
        }

        #expect(try await installation.tokens.caller(bearer: made.secret) == nil)
    }

    @Test func theSecretIsNotInTheDatabase() throws {
        let made = try make()

        let rows = try installation.store.readNow { db in
            try Row.fetchAll(db, sql: "SELECT * FROM apiToken").map(\.description)
        }

        #expect(rows.count == 1)
        #expect(!rows.contains { $0.contains(made.secret) })
    }
}
