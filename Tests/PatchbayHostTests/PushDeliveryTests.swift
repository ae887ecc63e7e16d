import Crypto
import Foundation
import Logging
import PatchbaySDK
import PatchbayTesting
import Synchronization
import Testing

@testable import PatchbayHost

/// A push service that answers from a script, and remembers.
final class ScriptedService: PushService, PushLine {
    private struct State {
        var requests: [PushRequest] = []
        var answers: [PushAnswer?] = []
        var isInside = false
        var open = 0
    }

    private let state = Mutex(State())

    var requests: [PushRequest] { state.withLock { $0.requests } }
    /// How many ways to it were opened and not closed.
    var openLines: Int { state.withLock { $0.open } }

    /// - Parameter answers: `nil` for none at all.
    func answerNext(_ answers: PushAnswer?...) { state.withLock { $0.answers += answers } }

    /// Its name leads into the operator's network from now on.
    func moveInside() { state.withLock { $0.isInside = true } }

    func check(_ endpoint: PushEndpoint) async throws {
        if state.withLock({ $0.isInside }) { throw PushEndpoint.refusal }
    }

    func open(_ endpoint: PushEndpoint) async throws -> any PushLine {
        try await check(endpoint)
        state.withLock { $0.open += 1 }
        return self
    }

    func post(_ request: PushRequest) async throws -> PushAnswer {
        let answer: PushAnswer? = state.withLock { state in
            state.requests.append(request)
            return state.answers.isEmpty ? PushAnswer(status: 201, retryAfter: nil) : state.answers.removeFirst()
        }
        guard let answer else { throw PortalError.notFound("service") }
        return answer
    }

    func close() async { state.withLock { $0.open -= 1 } }
}

@Suite("Web Push: delivery")
struct PushDeliveryTests {
    let office: Office
    let service = ScriptedService()
    let front: PortalFront
    let delivery: PushDelivery

    init() async throws {
        office = try Office()
        front = PortalFront(clock: office.clock) { _, _ in true }
        delivery = PushDelivery(
            PushSetup(subject: "mailto:a@b.example", namedOrigins: [], service: service),
            key: VAPIDKey(key: P256.Signing.PrivateKey()), messaging: office.messaging,
            preferences: PreferenceStore(events: office.events), front: front,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await subscribe(office.ann, session: "s1")
    }

    private func subscribe(_ caller: Caller, session: String) async throws {
        let now = office.clock.now.milliseconds
        let point = P256.KeyAgreement.PrivateKey().publicKey.x963Representation.base64URL
        try await office.store.write { [office] db in
            try db.execute(
                sql: "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, 'test', '127.0.0.1')",
                arguments: [session, session, caller.user, caller.domain, now, now, now + 30 * 86_400_000])
            _ = try PushSubscriptions(clock: office.clock).subscribe(
                PushEndpoint("https://push.example/\(session)", named: []), p256dh: point,
                auth: Data(repeating: 1, count: 16).base64URL, session: SessionID(rawValue: session),
                userAgent: "test", by: caller, in: db)
        }
    }

    private var waiting: Int {
        get throws {
            try office.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM pushNote") ?? 0 }
        }
    }

    private var browsers: Int {
        get throws {
            try office.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM pushSubscription") ?? 0 }
        }
    }

    @Test("S42: a message is on its way with the commit, once a browser, and several are one")
    func oneNoteAConversation() async throws {
        try await office.arrive("One", at: Office.direct)
        try await office.arrive("Two", at: Office.direct)
        #expect(try waiting == 1)

        _ = try await delivery.deliverWhatIsDue()

        #expect(service.requests.map(\.url) == ["https://push.example/s1"])
        #expect(try waiting == 0)
        #expect(delivery.outcomes["sent"] == 1)
    }

    @Test("S42: whoever has it in front isn't told, and the word of a browser holds for 90 seconds")
    func inFront() async throws {
        front.set(true, session: "s1", of: office.ann.user)
        try await office.arrive("One", at: Office.direct)
        _ = try await delivery.deliverWhatIsDue()
        #expect(service.requests.isEmpty)
        #expect(try waiting == 0)

        office.clock.advance(by: .seconds(91))
        try await office.arrive("Two", at: Office.direct)
        _ = try await delivery.deliverWhatIsDue()

        #expect(service.requests.count == 1)
    }

    @Test("S42: a service that is gone, busy or silent is asked again with growing pauses, until the note is stale")
    func retries() async throws {
        service.answerNext(nil, PushAnswer(status: 503, retryAfter: nil), PushAnswer(status: 429, retryAfter: "120"))
        try await office.arrive("One", at: Office.direct)

        let first = try await delivery.deliverWhatIsDue()
        #expect(try #require(first) >= .seconds(4) && first! <= .seconds(6))
        office.clock.advance(by: try #require(first))
        let second = try await delivery.deliverWhatIsDue()
        #expect(try #require(second) >= .seconds(8) && second! <= .seconds(12))
        office.clock.advance(by: try #require(second))
        #expect(try await delivery.deliverWhatIsDue() == .seconds(120))

        office.clock.advance(by: .seconds(120))
        _ = try await delivery.deliverWhatIsDue()
        #expect(delivery.outcomes == ["sent": 1, "retried": 3, "failed": 0, "removed": 0])
    }

    @Test(
        "S42: no time to wait, or one that is over, isn't taken for leave to ask at once",
        arguments: [
            "0", "Sun, 06 Nov 1994 08:49:37 GMT",
        ])
    func noTimeToWait(_ header: String) async throws {
        service.answerNext(PushAnswer(status: 429, retryAfter: header))
        try await office.arrive("One", at: Office.direct)

        let wait = try await delivery.deliverWhatIsDue()

        #expect(try #require(wait) >= .seconds(4))
    }

    @Test("S42: what can't be told for a day is dropped, and counted")
    func stale() async throws {
        service.answerNext(PushAnswer(status: 503, retryAfter: "100000"))
        try await office.arrive("One", at: Office.direct)

        _ = try await delivery.deliverWhatIsDue()

        #expect(try waiting == 0)
        #expect(delivery.outcomes["failed"] == 1)
    }

    @Test("A store that can't be written when the service has answered leaves no connection open")
    func unwritableStoreLeavesNoConnection() async throws {
        try await office.arrive("One", at: Office.direct)
        try await office.store.write { db in
            try db.execute(
                sql: "CREATE TRIGGER full BEFORE DELETE ON pushNote BEGIN SELECT RAISE(ABORT, 'no room'); END")
        }

        await #expect(throws: DatabaseError.self) { try await delivery.deliverWhatIsDue() }

        #expect(service.requests.count == 1)
        #expect(service.openLines == 0)
    }

    @Test("S42: 410 removes the browser, with all that waits for it")
    func gone() async throws {
        service.answerNext(PushAnswer(status: 410, retryAfter: nil))
        try await office.arrive("One", at: Office.direct)

        _ = try await delivery.deliverWhatIsDue()

        #expect(try browsers == 0)
        #expect(try waiting == 0)
    }

    @Test("D3, X7: a name that leads inside when it is to be sent to gets nothing")
    func rebinding() async throws {
        try await office.arrive("One", at: Office.direct)
        service.moveInside()

        _ = try await delivery.deliverWhatIsDue()

        #expect(service.requests.isEmpty)
        #expect(try waiting == 1)
    }

    @Test("X1: the end of a session ends its browser")
    func sessionEnds() async throws {
        try await office.arrive("One", at: Office.direct)
        office.clock.advance(by: .seconds(8 * 86_400))
        _ = try await delivery.deliverWhatIsDue()
        #expect(service.requests.isEmpty)

        try await office.store.write { db in try db.execute(sql: "DELETE FROM session") }

        #expect(try browsers == 0)
    }

    @Test("S15: an invitation that was shown is taken back, one that wasn't is not")
    func invitation() async throws {
        let chat = try await office.messaging.open(chatWith: ["ann"], title: nil, by: office.ben).id
        let summons = RunningSummons(notes: office.messaging.push) { _, _ in Office.harbor }
        let end = office.clock.now.addingTimeInterval(60)
        try await office.store.write { db in
            try summons.hush(["ann"], in: chat, wasMissed: false, in: db)
            try summons.ring(["ann"], in: chat, by: "ben", until: end, in: db)
        }
        _ = try await delivery.deliverWhatIsDue()
        #expect(service.requests.count == 1)
        let headers = Dictionary(uniqueKeysWithValues: service.requests[0].headers.map { ($0.name, $0.value) })
        #expect(headers["Urgency"] == "high" && headers["TTL"] == "60")

        try await office.store.write { db in try summons.hush(["ann"], in: chat, wasMissed: true, in: db) }
        _ = try await delivery.deliverWhatIsDue()

        #expect(service.requests.count == 2)
        #expect(try waiting == 0)
    }
    @Test("S15: what is written while it rings doesn't take the ringing's place") func messageWhileRinging()
        async throws
    {
        let chat = try await office.messaging.open(chatWith: ["ann"], title: nil, by: office.ben).id
        let summons = RunningSummons(notes: office.messaging.push) { _, _ in Office.harbor }
        let end = office.clock.now.addingTimeInterval(60)
        try await office.store.write { db in try summons.ring(["ann"], in: chat, by: "ben", until: end, in: db) }

        _ = try await office.messaging.send("Are you there?", to: chat, by: office.ben, clientID: "c1")

        #expect(try kinds == ["invitation"])
        try await office.store.write { db in try summons.hush(["ann"], in: chat, wasMissed: true, in: db) }
        #expect(try kinds == ["missed"])
        _ = try await office.messaging.send("Call me", to: chat, by: office.ben, clientID: "c2")
        #expect(try kinds == ["message"])
    }

    private var kinds: [String] {
        get throws { try office.store.readNow { db in try String.fetchAll(db, sql: "SELECT kind FROM pushNote") } }
    }
}
