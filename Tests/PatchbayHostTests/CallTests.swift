import FakePBX
import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

/// Calls from the portal, with a fake PBX that notes which leg is placed when.
@Suite struct CallTests {
    private let office: CallInstallation

    init() async throws { office = try await CallInstallation() }

    @Test("S21, S22: leg 1 is the caller's own phone; the destination is dialled when it is answered")
    func ownPhoneRingsFirst() async throws {
        let call = try await office.call("(619) 555-0142")
        #expect(call.state == .ringing)
        #expect(try office.pbx.lines.map(\.legs) == [["1001"]])

        try await office.pbx.answerOwnPhone(call.id)
        #expect(try office.pbx.lines.map(\.legs) == [["1001", "+16195550142"]])
        #expect(try await office.now(call).state == .connecting)
        try await office.pbx.move(call.id, to: .talking)
        office.clock.advance(by: .seconds(65))
        try await office.pbx.move(call.id, to: .ended)

        let ended = try await office.now(call)
        #expect(ended.state == .ended)
        #expect(ended.endedAt?.timeIntervalSince(try #require(ended.answeredAt)) == 65)
    }

    @Test(
        "S22: while leg 1 isn't answered leg 2 is never placed, and the caller is told why",
        arguments: [CallFailure.phoneNoAnswer, .phoneBusy, .phoneRefused, .phoneOffline])
    func noSecondLegWithoutTheFirst(failure: CallFailure) async throws {
        let call = try await office.call("1002")

        try await office.pbx.move(call.id, to: .failed(failure))
        try await office.pbx.answerOwnPhone(call.id)

        #expect(try office.pbx.lines.map(\.legs) == [["1001"]])
        let over = try await office.now(call)
        #expect(over.failure == failure)
        #expect(over.json(region: "US")["reason"]?.string?.isEmpty == false)
    }

    @Test("One press of the button is one call, also when it is sent twice at once")
    func onePressIsOneCall() async throws {
        async let first = office.portal.calls.place(.typed("1002"), clientID: "press", by: office.ann)
        async let second = office.portal.calls.place(.typed("1002"), clientID: "press", by: office.ann)
        let (one, other) = try await (first, second)

        #expect(one.call.id == other.call.id)
        #expect([one.isNew, other.isNew].count(where: { $0 }) == 1)
        #expect(try office.pbx.lines.count == 1)
    }

    @Test("While a call is being set up a second one is refused; once people talk it isn't")
    func oneCallAtATime() async throws {
        let call = try await office.call("1002", clientID: "a")

        let refusal = await #expect(throws: PortalError.self) { try await office.call("1002", clientID: "b") }
        #expect(refusal?.id == "calls.under-way")
        try await office.pbx.move(call.id, to: .talking)
        _ = try await office.call("619 555 0142", clientID: "c")

        #expect(try office.pbx.lines.count == 2)
    }

    @Test("A call only moves forward, whatever the order in which it is reported")
    func statesOnlyMoveForward() async throws {
        let call = try await office.call("1002")
        let calls = office.portal.calls

        for step in [CallStep.talking, .connecting, .ringing, .failed(.phoneBusy), .ended, .talking] {
            try await calls.moved(call.id, to: step, by: FakePBX.id)
        }

        // It failed after people had talked; what came later says nothing new.
        #expect(try await office.now(call).state == .failed)
        #expect(try await office.now(call).failure == .phoneBusy)
    }

    @Test("An adapter speaks only of its own calls")
    func anotherAdapterMovesNothing() async throws {
        let call = try await office.call("1002")

        try await office.portal.calls.moved(call.id, to: .talking, by: PluginID(rawValue: "other"))

        #expect(try await office.now(call).state == .ringing)
    }

    @Test("Cancel before anybody talks cancels, later it ends; once it is over nothing happens")
    func cancelling() async throws {
        let first = try await office.call("1002", clientID: "a")
        try await office.portal.calls.cancel(first.id, by: office.ann)
        try await office.portal.calls.cancel(first.id, by: office.ann)
        #expect(try await office.now(first).state == .cancelled)

        let second = try await office.call("1002", clientID: "b")
        try await office.pbx.move(second.id, to: .talking)
        try await office.portal.calls.cancel(second.id, by: office.ann)
        #expect(try await office.now(second).state == .ended)
    }

    @Test("Somebody else's call isn't there, neither to look at nor to cancel")
    func callsAreOnesOwn() async throws {
        let call = try await office.call("1002")

        for stranger in [office.ben, office.theo] {
            let refusal = await #expect(throws: PortalError.self) {
                try await office.portal.calls.cancel(call.id, by: stranger)
            }
            #expect(refusal?.status == 404)
        }
        let none = try await office.portal.store.read { [office] db in
            try office.portal.calls.calls(of: office.ben, with: nil, .first, in: db).items
        }
        #expect(none.isEmpty)
    }

    @Test("After a restart calls that were under way have failed, with a reason")
    func restartClosesCalls() async throws {
        let talking = try await office.call("1002", clientID: "a")
        try await office.pbx.move(talking.id, to: .talking)
        office.clock.advance(by: .seconds(1))
        let ringing = try await office.call("1002", clientID: "b")
        try await office.portal.shutdown()

        let again = try CallInstallation.portal(in: office.folder, clock: office.clock)
        await again.startPlugins()
        let calls = try await again.store.read { [office] db in
            try again.calls.calls(of: office.ann, with: nil, .first, in: db).items
        }

        #expect(calls.map(\.id) == [ringing.id, talking.id])
        #expect(calls.map(\.failure) == [.lost, .lost])
        try await again.shutdown()
    }

    @Test("A call that nobody reports about any more is given up")
    func orphansAreClosed() async throws {
        let call = try await office.call("1002")
        let portal = office.portal

        try await portal.calls.sweep(running: portal.plugins.generations, at: office.clock.now)
        #expect(try await office.now(call).state == .ringing)
        office.clock.advance(by: Calls.longestSetup + .seconds(1))
        try await portal.calls.sweep(running: portal.plugins.generations, at: office.clock.now)

        #expect(try await office.now(call).failure == .lost)
    }

    @Test("Another instance of the adapter has forgotten the calls of the former one, and knows its own")
    func callsBelongToTheirInstance() async throws {
        let call = try await office.call("1002")
        let now = try #require(office.portal.plugins.generations[FakePBX.id])

        try await office.portal.calls.sweep(running: [FakePBX.id: now], at: office.clock.now)
        #expect(try await office.now(call).state == .ringing)
        try await office.portal.calls.sweep(running: [FakePBX.id: now + 1], at: office.clock.now)

        #expect(try await office.now(call).failure == .lost)
    }

    @Test("When the PBX refuses the order, the caller is told at once and the record says so")
    func refusedOrdersAreOnRecord() async throws {
        try office.pbx.setReachable(false)

        let refusal = await office.refusal("1002")

        #expect(refusal?.id == "calls.no-pbx")
        #expect(refusal?.status == 503)
        let calls = try await office.portal.store.read { [office] db in
            try office.portal.calls.calls(of: office.ann, with: "1002", .first, in: db).items
        }
        #expect(calls.map(\.failure) == [.pbxUnreachable])
    }

    @Test("Every step reaches all of the caller's tabs, and nobody else's")
    func stepsReachTheCallersTabs() async throws {
        let events = office.portal.events
        func stream(_ caller: Caller) async throws -> EventStream {
            try await events.subscribe(
                EventReader(user: caller.user, domain: caller.domain, session: UUID().uuidString), after: nil)
        }
        let (tab, otherTab, bens) = try await (stream(office.ann), stream(office.ann), stream(office.ben))

        let call = try await office.call("1002")
        try await office.pbx.answerOwnPhone(call.id)
        // Stored, unlike a signal: it comes after all that was published before, also to who reads late.
        try await office.portal.store.write { [office] db in
            try events.publish(Event("end", in: office.ann.domain, to: .domain, [:]), in: db)
        }

        for stream in [tab, otherTab] {
            // Who reads late gets each event with the call as it stands by then: the last one is true at any rate.
            let text = try await text(of: stream, until: "event: end")
            #expect(text.matches(of: #/event: call\.changed/#).count == 2)
            #expect(text.contains(#""state":"connecting""#))
            #expect(!text.contains("domain"))
        }
        #expect(!(try await text(of: bens, until: "event: end")).contains("call.changed"))
    }

    private func text(of stream: EventStream, until end: String) async throws -> String {
        var text = ""
        for try await frame in stream {
            text += String(decoding: frame.bytes, as: UTF8.self)
            if text.contains(end) { break }
        }
        return text
    }
}
