import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Asterisk

@Suite(.timeLimit(.minutes(5))) struct AsteriskPluginTests {
    @Test func keepsTheRulesOfTheHouse() async {
        let findings = await PluginConformance.findings(
            for: AsteriskPlugin.self,
            settings: [
                "url": "ami://127.0.0.1:5038", "username": "portal", "secret": "shh",
                "domains": ["acme.example": ["context": "users"]],
            ])

        #expect(findings.isEmpty)
    }

    @Test func signsInByTheChallengeAndNeverShowsTheSecret() async throws {
        let desk = try await Desk()

        try await desk.host.whileRunning { try await desk.connected() }

        let login = try #require(desk.pbx.asked("Login").first)
        // echo -n 123456shh | md5sum
        #expect(login["Key"] == "19e130e0cfe29be0cd5afa995203396c")
        #expect(login["Secret"] == nil)
        #expect(desk.host.network.attempts.map(\.host) == ["pbx.example"])
        #expect(desk.host.network.attempts.map(\.port) == [5038])
        #expect(desk.host.network.attempts.map(\.security) == [.plain])
    }

    @Test func phonesAreKnownByTheSnapshotAndByEvents() async throws {
        let desk = try await Desk()

        try await desk.host.whileRunning {
            try await desk.connected()
            #expect(desk.phone("101") == .busy)
            #expect(desk.phone("102") == .offline)
            #expect(desk.phone("199") == nil)
            #expect(desk.host.plugin.states(of: ["100"], in: .globex).isEmpty)
            try await desk.pbx.tell("Event: DeviceStateChange\nDevice: PJSIP/100\nState: RINGING")
            try await eventually { desk.phone("100") == .ringing }
        }

        #expect(desk.host.switchboard.changedPhones(in: .acme) == ["100", "101", "102"])
    }

    @Test func phonesAreUnknownOnceTheConnectionIsLost() async throws {
        let desk = try await Desk()

        let error = await #expect(throws: PortalError.self) {
            try await desk.host.whileRunning {
                try await desk.connected()
                await desk.pbx.hangUp()
                try await desk.never()
            }
        }

        #expect(error?.id == "asterisk.closed")
        #expect(desk.phone("100") == nil)
        #expect(desk.host.switchboard.timesUnknown == 1)
    }

    @Test("5,000 phones: the snapshot and a storm of changes are taken, each phone once in what the host is told")
    func stormOfChangesIsTaken() async throws {
        let desk = try await Desk()
        let numbers = (1000..<6000).map(String.init)
        desk.pbx.behave { $0.devices = Dictionary(numbers.map { ("PJSIP/\($0)", "NOT_INUSE") }) { $1 } }

        try await desk.host.whileRunning {
            try await eventually { desk.phone("5999") == .idle }
            for state in ["RINGING", "INUSE", "NOT_INUSE", "RINGING"] {
                let storm = numbers.map { "Event: DeviceStateChange\nDevice: PJSIP/\($0)\nState: \(state)" }
                try await desk.pbx.tell(storm.joined(separator: "\n\n"))
            }
            try await eventually { desk.phone("5999") == .ringing }
        }

        let states = desk.host.plugin.states(of: numbers, in: .acme)
        #expect(states.isEmpty, "the plugin has stopped")
        #expect(desk.host.switchboard.changedPhones(in: .acme).count == 5000)
    }

    @Test func phonesAreKnownByHints() async throws {
        let desk = try await Desk(settings: ["domains": ["acme.example": ["context": "users", "hints": "hints"]]])
        desk.pbx.behave { $0.hints = ["100": 0, "101": 9] }

        try await desk.host.whileRunning {
            try await desk.connected()
            #expect(desk.phone("101") == .busy)
            try await desk.pbx.tell("Event: ExtensionStatus\nExten: 100\nContext: hints\nStatus: 8")
            try await eventually { desk.phone("100") == .ringing }
        }
    }

    @Test func callIsPlacedOnceAndReportedToItsEnd() async throws {
        let desk = try await Desk()
        let call = desk.call()

        try await desk.host.whileRunning {
            try await desk.connected()
            try await desk.host.plugin.place(call)
            try await desk.host.plugin.place(call)
            let id = "patchbay-call-1"
            try await desk.pbx.tell("Event: Newchannel\nUniqueid: \(id)")
            try await desk.pbx.tell("Event: DialBegin\nDestUniqueid: \(id)")
            try await desk.pbx.tell("Event: DialEnd\nDestUniqueid: \(id)\nDialStatus: ANSWER")
            try await desk.pbx.tell("Event: DialBegin\nUniqueid: \(id)\nDestUniqueid: 2.2")
            try await desk.pbx.tell("Event: DialEnd\nUniqueid: \(id)\nDestUniqueid: 2.2\nDialStatus: ANSWER")
            try await desk.pbx.tell("Event: Hangup\nUniqueid: \(id)\nCause: 16")
            try await eventually { desk.host.switchboard.steps(of: call.id).last == .ended }
        }

        #expect(desk.host.switchboard.steps(of: call.id) == [.ringing, .connecting, .talking, .ended])
        #expect(desk.pbx.asked("Originate").filter { $0["ChannelId"] == "patchbay-call-1" }.count == 1)
    }

    @Test func callCancelledBeforeItHasAChannelIsHungUpWhenItHas() async throws {
        let desk = try await Desk()
        let call = desk.call()

        try await desk.host.whileRunning {
            try await desk.connected()
            try await desk.host.plugin.place(call)
            try await desk.host.plugin.cancel(call.id, for: call.caller)
            #expect(desk.pbx.asked("Hangup").isEmpty)
            try await desk.pbx.tell("Event: Newchannel\nUniqueid: patchbay-call-1")
            try await eventually { desk.pbx.asked("Hangup").map { $0["Channel"] } == ["patchbay-call-1"] }
            try await desk.pbx.tell("Event: Hangup\nUniqueid: patchbay-call-1\nCause: 0")
            try await eventually { desk.host.switchboard.steps(of: call.id) == [.cancelled] }
        }
    }

    @Test(arguments: [
        ("Extension does not exist.", "The phone system has no way to that number from your phone."),
        ("Permission denied", "The phone system doesn't let the portal place calls. Tell your administrator."),
    ])
    func refusedOrderSaysWhy(_ reason: String, _ sentence: String) async throws {
        let desk = try await Desk()
        desk.pbx.behave { $0.orderAnswer = "Response: Error\r\nMessage: \(reason)" }

        try await desk.host.whileRunning {
            try await desk.connected()
            let error = await #expect(throws: PortalError.self) { try await desk.host.plugin.place(desk.call()) }
            #expect(error?.message == sentence)
            #expect(error?.status == 403)
        }

        #expect(desk.host.switchboard.steps(of: CallID(rawValue: "call-1")).isEmpty)
    }

    @Test func withoutAConnectionNoCallIsPlaced() async throws {
        let desk = try await Desk()

        let error = await #expect(throws: PortalError.self) { try await desk.host.plugin.place(desk.call()) }

        #expect(error?.id == "calls.no-pbx")
    }

    @Test func callThatVanishedWithTheConnectionEndsWhenItIsBack() async throws {
        let desk = try await Desk()
        let call = desk.call()

        await #expect(throws: PortalError.self) {
            try await desk.host.whileRunning {
                try await desk.connected()
                try await desk.host.plugin.place(call)
                await desk.pbx.hangUp()
                try await desk.never()
            }
        }
        let second = Task { try await desk.host.plugin.run() }
        // The pause before another try.
        try await desk.host.clock.waitForSleepers()
        desk.host.clock.advance(by: .seconds(2))
        try await eventually { desk.host.switchboard.steps(of: call.id) == [.failed(.pbxUnreachable)] }
        second.cancel()
        _ = await second.result
    }
}

extension Desk {
    /// Waits until the test's other half fails.
    func never() async throws { while true { try await Task.sleep(for: .milliseconds(5)) } }
}
