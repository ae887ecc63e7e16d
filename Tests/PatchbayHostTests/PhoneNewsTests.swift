import FakePBX
import Foundation
import PatchbaySDK
import PatchbayTesting
import Synchronization
import Testing

@testable import PatchbayHost

/// What browsers hear of phones.
@Suite struct PhoneNewsTests {
    private static let harbor = CallInstallation.harbor

    @Test("S47: a change of a phone reaches the browsers of its domain, and what nobody can say is unknown")
    func changesReachBrowsers() async throws {
        let office = try await CallInstallation()
        let stream = try await reader(of: office, office.ann)
        // A clock of its own: on the portal's others sleep too, and to wait for them is to wait for nothing.
        let clock = TestClock()
        let work = Task { try await office.portal.phoneNews.run(clock: clock) }
        defer { work.cancel() }

        try office.pbx.set(.busy, "1002", in: Self.harbor)
        let busy = try await next("phones.changed", of: stream)
        try await clock.waitForSleepers()
        try office.pbx.setReachable(false)
        clock.advance(by: PhoneNews.pause)
        let unknown = try await next("phones.changed", of: stream)

        #expect(busy.contains(#""phone":"busy""#) && busy.contains(office.ben.user.rawValue))
        #expect(unknown.contains(#""phone":"unknown""#))
    }

    @Test("A snapshot and a storm of 5,000 phones are coalesced and leave room for a message at once")
    func stormDoesNotBlockTheStream() async throws {
        let office = try await CallInstallation()
        let extensions = (0..<5000).map { String(20_000 + $0) }
        try await office.portal.store.write { db in
            for text in extensions {
                try db.execute(
                    sql: """
                        INSERT INTO user (id, domainId, extension, fullName, searchName, scope, isEnabled, createdAt)
                        VALUES (?, 'harbor.example', ?, 'P', 'p', 'basic-user', 1, 0)
                        """, arguments: ["u\(text)", text])
            }
        }
        let stream = try await reader(of: office, office.ann)
        let pbx = try office.pbx
        // A clock of its own: on the portal's others sleep too, and to wait for them is to wait for nothing.
        let clock = TestClock()
        let work = Task { try await office.portal.phoneNews.run(clock: clock) }
        defer { work.cancel() }

        // A hundred thousand changes, as from a PBX that restarts again and again: none of them waits for anybody.
        for _ in 0..<20 { office.portal.phoneNews.note(Set(extensions), in: Self.harbor) }
        for text in extensions { pbx.set(.busy, text, in: Self.harbor) }
        office.portal.events.signal(Event("ping", in: Self.harbor, to: .domain, [:]))
        let first = try await frames(of: stream, until: "ping")
        #expect(first.count(where: { $0.contains("phones.changed") }) <= 2)

        var phones = first.filter { $0.contains("phones.changed") }
        while users(in: phones).count < 5000 {
            try await clock.waitForSleepers()
            clock.advance(by: PhoneNews.pause)
            // Two rounds may come in one piece.
            phones += try await frames(of: stream, until: "phones.changed").filter { $0.contains("phones.changed") }
        }

        #expect(phones.count <= 22, "each phone is told of once or twice, not twenty times")
        #expect(phones.allSatisfy { $0.utf8.count < 64_000 })
    }

    private func users(in phones: [String]) -> Set<Substring> {
        Set(phones.flatMap { $0.matches(of: #/"userId":"(u2[0-9]+)"/#).map(\.1) })
    }

    private func reader(of office: CallInstallation, _ caller: Caller) async throws -> EventStream {
        try await office.portal.events.subscribe(
            EventReader(user: caller.user, domain: caller.domain, session: "s"), after: nil)
    }

    private func next(_ name: String, of stream: EventStream) async throws -> String {
        try await frames(of: stream, until: name).last ?? ""
    }

    /// The frames up to the first that contains `name`.
    private func frames(of stream: EventStream, until name: String) async throws -> [String] {
        var frames: [String] = []
        for try await frame in stream {
            // Several events may come in one piece.
            frames += String(decoding: frame.bytes, as: UTF8.self).components(separatedBy: "\n\n").filter {
                !$0.isEmpty
            }
            if frames.contains(where: { $0.contains("event: \(name)") }) { break }
        }
        return frames
    }
}
