import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Events")
struct EventTests {
    let office: Office

    init() throws { office = try Office() }

    private func reader(_ caller: Caller, session: String = "s1") -> EventReader {
        EventReader(user: caller.user, domain: caller.domain, session: session)
    }

    /// Reads frames until `text` has come, and gives everything read.
    private func read(_ stream: EventStream, until text: String) async -> String {
        var seen = ""
        for await frame in stream {
            seen += String(decoding: frame.bytes, as: UTF8.self)
            if seen.contains(text) { break }
        }
        return seen
    }

    private func lastID(_ text: String) -> String? {
        text.split(separator: "\n").last { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
    }

    @Test("Promise 3: who comes back with the last id gets what was missed, once and in order")
    func replay() async throws {
        let first = try await office.events.subscribe(reader(office.ann), after: nil)
        try await office.arrive("One")
        let seen = await read(first, until: "\"One\"")
        first.cancel()
        try await office.arrive("Two")
        try await office.arrive("Three")

        let second = try await office.events.subscribe(reader(office.ann), after: lastID(seen))
        try await office.arrive("Four")
        let replayed = await read(second, until: "\"Four\"")

        let texts = ["One", "Two", "Three", "Four"].filter { replayed.contains("\"\($0)\"") }
        #expect(texts == ["Two", "Three", "Four"])
        #expect(replayed.components(separatedBy: "event: message.created").count == 4)
    }

    @Test(
        "F23: an id that isn't ours, of another epoch or from the future gets a resync",
        arguments: ["nonsense", "00000000:5", "a:b:c", "-1", ":"])
    func badLastID(id: String) async throws {
        let stream = try await office.events.subscribe(reader(office.ann), after: id)

        let seen = await read(stream, until: "\n\n")

        #expect(seen.contains("event: resync"))
    }

    @Test("A6: an event reaches its recipients and nobody else")
    func recipientsOnly() async throws {
        let ben = try await office.events.subscribe(reader(office.ben), after: nil)
        let theo = try await office.events.subscribe(reader(office.theo), after: nil)

        try await office.arrive("For Ann only", at: Office.direct)
        try await office.arrive("For the desk", at: Office.desk)
        office.events.signal(Event("test.ended", in: Office.timber, to: .domain, [:]))

        let benSaw = await read(ben, until: "For the desk")
        let theoSaw = await read(theo, until: "test.ended")
        #expect(!benSaw.contains("For Ann only"))
        #expect(!theoSaw.contains("For"))
    }

    @Test("A long run of another domain's events is no news to who comes back, and no hindrance")
    func replayAcrossAnotherDomain() async throws {
        let first = try await office.events.subscribe(reader(office.ann), after: nil)
        try await office.arrive("One")
        let seen = await read(first, until: "\"One\"")
        first.cancel()
        for index in 0..<3 {
            try await office.store.write { [events = office.events] db in
                for _ in 0..<250 {
                    try events.publish(Event("timber.news", in: Office.timber, to: .domain, [:]), in: db)
                }
            }
            try await office.arrive("Between \(index)")
        }

        let second = try await office.events.subscribe(reader(office.ann), after: lastID(seen))
        let replayed = await read(second, until: "\"Between 2\"")
        try await office.arrive("Live")
        let live = await read(second, until: "\"Live\"")

        #expect(!replayed.contains("timber.news"))
        #expect((replayed + live).components(separatedBy: "event: message.created").count == 5)
    }

    @Test("X13: of many streams of one user that open at once, ten stand")
    func tenStreamsStand() async throws {
        let ann = reader(office.ann)
        let streams = await withTaskGroup(of: EventStream?.self) { group in
            for _ in 0..<30 { group.addTask { [office] in try? await office.events.subscribe(ann, after: nil) } }
            return await group.reduce(into: [EventStream]()) { all, stream in if let stream { all.append(stream) } }
        }

        #expect(streams.count == EventLog.mostStreams && office.events.streamCount == EventLog.mostStreams)
        streams.first?.cancel()
        _ = try await office.events.subscribe(ann, after: nil)
    }

    @Test("F25: a reader that doesn't read is cut, with bounded memory")
    func slowReaderIsCut() async throws {
        let stream = try await office.events.subscribe(reader(office.ann), after: nil)
        try await office.arrive("First")
        _ = await read(stream, until: "First")
        let body = String(repeating: "x", count: 9_000)

        for _ in 0..<40 { try await office.arrive(body) }
        // It is cut when the news is handed over, a moment after the commits. Reading before would keep it alive.
        try await eventually { !office.events.isConnected("ann") }
        var bytes = 0
        for await frame in stream { bytes += frame.bytes.count }

        #expect(bytes <= EventStream.mostBytes)
    }

    @Test("Old events are forgotten a thousand at a time, so that nobody waits long for it; the newest stays")
    func oldEventsAreForgottenInParts() async throws {
        try await office.store.write { db in
            try db.execute(
                sql: """
                    WITH RECURSIVE place(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM place WHERE n < 2500)
                    INSERT INTO event SELECT n, 'harbor.example', 'old.one', '*', '{}', 0 FROM place
                    """)
        }
        let before = office.store.commitCounts.calls

        try await office.events.prune(before: office.clock.now)

        let left = try office.store.readNow { db in try Int.fetchAll(db, sql: "SELECT offset FROM event") }
        #expect(left == [2500])
        #expect(office.store.commitCounts.calls - before == 3)
    }

    @Test("X10: revoking a session ends its streams")
    func revokedSessionEndsStreams() async throws {
        let stream = try await office.events.subscribe(reader(office.ann, session: "gone"), after: nil)
        let other = try await office.events.subscribe(reader(office.ann, session: "stays"), after: nil)

        office.events.disconnect(session: "gone")
        for await _ in stream {}

        #expect(office.events.streamCount == 1)
        other.cancel()
    }

    @Test("A write that fails publishes nothing")
    func failedWriteIsNoNews() async throws {
        let stream = try await office.events.subscribe(reader(office.ann), after: nil)

        await #expect(throws: PortalError.self) {
            try await office.store.write { [office] db in
                _ = try office.messaging.receive(
                    Arrival(kind: .sms, domain: Office.harbor, remote: "+16195550142", to: Office.desk, text: "Ghost"),
                    in: db)
                throw PortalError(.conflict, id: "test.refused", "No.")
            }
        }
        try await office.arrive("Real")

        let seen = await read(stream, until: "Real")
        #expect(!seen.contains("Ghost"))
    }

    @Test("Texts are kept in one place: the event table holds references")
    func eventsHoldNoTexts() async throws {
        try await office.arrive("A secret")

        let bodies = try office.store.readNow { db in try String.fetchAll(db, sql: "SELECT body FROM event") }
        #expect(bodies.allSatisfy { !$0.contains("secret") })
    }
}
