import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite("X9: the sign-in rate limit") struct SessionsThrottleTests {
    let installation: DirectoryInstallation

    init() throws {
        installation = try DirectoryInstallation()
        _ = try installation.ann()
    }

    @Test func anAccountHasTenTriesAMinuteFromAnywhere() async throws {
        var refusals: [String] = []
        for host in 1...20 { refusals += await installation.fail(1, from: "203.0.113.\(host)") }

        #expect(refusals.prefix(10).allSatisfy { $0 == "session.wrong-password" })
        #expect(refusals.dropFirst(10).allSatisfy { $0 == "session.too-many-tries" })
    }

    @Test func triesAtTheSameTimeAreCountedToo() async throws {
        let refusals = await withTaskGroup(of: [String].self) { group in
            for host in 1...40 {
                group.addTask { await installation.fail(1, from: "203.0.113.\(host)") }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }

        #expect(refusals.count { $0 == "session.wrong-password" } == 10)
        #expect(refusals.count { $0 == "session.too-many-tries" } == 30)
    }

    @Test func anAddressHasTenTriesAMinuteForAllAccounts() async throws {
        var refusals: [String] = []
        for number in 1...20 { refusals += await installation.fail(1, "\(number)@harbor.example") }

        #expect(refusals.count { $0 == "session.wrong-password" } == 10)
        #expect(refusals.count { $0 == "session.too-many-tries" } == 10)
    }

    @Test func allOfAnIPv6NetworkCountsAsOneAddress() async throws {
        var refusals: [String] = []
        for host in 1...12 {
            refusals += await installation.fail(1, "\(host)@harbor.example", from: "2001:db8:1:2::\(host)")
        }

        #expect(refusals.suffix(2) == ["session.too-many-tries", "session.too-many-tries"])
    }

    @Test func anUnknownAccountIsLimitedLikeAKnownOne() async throws {
        var refusals: [String] = []
        for host in 1...11 { refusals += await installation.fail(1, "9@harbor.example", from: "203.0.113.\(host)") }

        #expect(refusals.last == "session.too-many-tries")
    }

    @Test func theRefusalSaysHowLongToWaitAndThenTriesAreFree() async throws {
        _ = await installation.fail(4)
        installation.clock.advance(by: .seconds(20))
        _ = await installation.fail(6)

        let error = await #expect(throws: PortalError.self) { try await installation.signIn(from: "203.0.113.5") }
        installation.clock.advance(by: .seconds(41))

        #expect(error?.retryAfter == .seconds(40))
        #expect(await refusal { _ = try await installation.signIn(from: "203.0.113.5") } == nil)
    }

    @Test func theRightPasswordFromAKnownAddressGetsInMeanwhile() async throws {
        _ = try await installation.signIn(from: "192.0.2.10")
        _ = await installation.fail(30)

        #expect(await refusal { _ = try await installation.signIn(from: "192.0.2.10") } == nil)
        #expect(await refusal { _ = try await installation.signIn(from: "192.0.2.11") } == "session.too-many-tries")
    }

    @Test func aKnownAddressLearnsNothingMoreFromWrongPasswords() async throws {
        _ = try await installation.signIn(from: "192.0.2.10")

        let refusals = await installation.fail(40, from: "192.0.2.10")

        #expect(refusals.count { $0 == "session.wrong-password" } == 10)
        #expect(refusals.count { $0 == "session.too-many-tries" } == 30)
    }

    @Test func signingInRightDoesNotUseUpTries() async throws {
        for _ in 0..<25 { _ = try await installation.signIn() }

        #expect(await refusal { _ = try await installation.signIn() } == nil)
    }

    @Test func somebodyUnknownCostsAsMuchAsSomebodyKnown() async throws {
        let passwords = Passwords(cost: Passwords.Cost(rounds: 1 << 4))
        let hash = try await passwords.hash("correct horse battery")
        let before = passwords.runCount

        let known = try await passwords.matches("wrong", hash)
        let unknown = try await passwords.matches("wrong", nil)

        #expect(!known && !unknown)
        #expect(passwords.runCount == before + 2)
    }
}
