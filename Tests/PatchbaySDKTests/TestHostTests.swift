import Foundation
import PatchbaySDK
import PatchbayTesting
import Synchronization
import Testing

/// Rings every ten minutes, and says so.
private struct BellPlugin: Plugin {
    static let id = PluginID(rawValue: "bell")
    static var migrations: [Migration] {
        [
            Migration("001-rings") { db in
                try db.execute(sql: "CREATE TABLE bellRing(domainId TEXT NOT NULL, at INTEGER NOT NULL)")
            }
        ]
    }

    let context: PluginContext

    init(context: PluginContext) { self.context = context }

    var routes: [Route] {
        [
            Route.get("rings/:day", requires: .portal) { request in
                .json(["day": JSON(request.parameters["day"]), "query": JSON(request.query["q"])])
            },
            Route.post("rings", requires: .domainAdmin) { _ in .done },
            Route.webhook("ring") { request in
                guard request.headers["x-key"] == "secret" else {
                    throw PortalError(.unauthenticated, id: "bell.wrong-key", "The key is wrong.")
                }
            } _: { request in
                .text(request.method)
            },
            Route.page("door/:token") { request in .text(request.parameters["token"] ?? "") },
        ]
    }

    func run() async throws {
        while true {
            try await context.clock.sleep(for: .seconds(600))
            let now = context.clock.now
            try await context.store.write { [context] db in
                try db.execute(
                    sql: "INSERT INTO bellRing VALUES ('acme.example', ?)", arguments: [Int(now.timeIntervalSince1970)])
                try context.events.publish(Event("bell.ring.made", in: .acme, to: .domain, [:]), in: db)
            }
        }
    }
}

@Suite struct TestHostTests {
    private let host: TestHost<BellPlugin>

    init() async throws { host = try await TestHost(description: "") }

    private func ringCount() throws -> Int? {
        try host.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM bellRing") }
    }

    @Test func clockWakesSleepersWhenItIsMoved() async throws {
        try await host.whileRunning { [host] in
            try await host.clock.waitForSleepers()
            host.clock.advance(by: .seconds(599))
            #expect(host.clock.sleeperCount == 1)

            host.clock.advance(by: .seconds(1))
            try await host.clock.waitForSleepers()
        }

        #expect(try host.events.published(named: "bell.ring.made").count == 1)
        #expect(host.clock.sleeperCount == 0)
    }

    @Test func sleepThatIsCancelledThrows() async {
        let clock = TestClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(1)) }
        sleeper.cancel()

        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func failedWriteLeavesNeitherRowNorEvent() async throws {
        await #expect(throws: PortalError.self) {
            try await host.store.write { [host] db in
                try db.execute(sql: "INSERT INTO bellRing VALUES ('acme.example', 1)")
                try host.events.publish(Event("bell.ring.made", in: .acme, to: .domain, [:]), in: db)
                throw PortalError.notFound("bell")
            }
        }

        #expect(try host.events.published.isEmpty)
        #expect(try ringCount() == 0)
    }

    @Test func writeIsTriedTwiceAndCountsOnce() async throws {
        let runs = RunCount()

        try await host.store.write { db in
            runs.add()
            try db.execute(sql: "INSERT INTO bellRing VALUES ('acme.example', 1)")
        }

        #expect(runs.count == 2)
        #expect(try ringCount() == 1)
    }

    @Test func routesAreMatchedAndTheirPartsDecoded() async throws {
        let answer = try await host.request(.get, "rings/mon%20day?q=a+b%26c", as: .alice)
        let unknown = try await host.request(.get, "rings", as: .alice)

        #expect(answer.json == ["day": "mon day", "query": "a b&c"])
        #expect(unknown.status == 404)
    }

    @Test func permissionIsAskedBeforeThePlugin() async throws {
        let basic = try await host.request(.post, "rings", as: .alice)
        let manager = try await host.request(.post, "rings", as: .olga)
        host.permissions.revoke(.domainAdmin, from: .olga)
        let revoked = try await host.request(.post, "rings", as: .olga)

        #expect(basic.status == 403)
        #expect(manager.status == 204)
        #expect(revoked.status == 403)
    }

    @Test func webhookIsVerifiedFirst() async throws {
        let stranger = try await host.webhook("ring", method: .post)
        let known = try await host.webhook("ring", method: .post, headers: ["x-key": "secret"])
        let page = try await host.page("door/abc")

        #expect(stranger.refusal?.id == "bell.wrong-key")
        #expect(known.text == "POST")
        #expect(page.text == "abc")
    }

    @Test func strangersNumbersAndPeopleAreKnownToTheirDomainOnly() throws {
        let (own, other) = try host.store.readNow { db in
            (
                try host.directory.user(TestPerson.alice.id, of: .acme, in: db),
                try host.directory.user(TestPerson.eve.id, of: .acme, in: db)
            )
        }

        #expect(own?.fullName == "Alice Ammann")
        #expect(other == nil)
    }
}

/// Counts from inside a closure that must be sendable.
private final class RunCount: Sendable {
    private let runs = Mutex(0)
    var count: Int { runs.withLock { $0 } }
    func add() { runs.withLock { $0 += 1 } }
}
