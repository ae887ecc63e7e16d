import PatchbaySDK
import Testing

@testable import Asterisk

/// An event of our leg 1 (`c1`) and its leg 2 (`x2`).
func event(_ name: String, _ fields: KeyValuePairs<String, String> = [:]) -> AMIMessage {
    AMIMessage(
        fields: [.init(key: "Event", value: name)] + fields.map { .init(key: $0.key, value: $0.value) })
}

private let newLegOne = event("Newchannel", ["Uniqueid": "c1", "Linkedid": "c1"])
private let ringingLegOne = event("DialBegin", ["DestUniqueid": "c1", "DestLinkedid": "c1"])
private let upLegOne = event("DialEnd", ["DestUniqueid": "c1", "DialStatus": "ANSWER"])
private let orderDone = event("OriginateResponse", ["ActionID": "c1", "Response": "Success", "Uniqueid": "c1"])
private let orderFailed = event("OriginateResponse", ["ActionID": "c1", "Response": "Failure", "Reason": "0"])
private let dialLegTwo = event("DialBegin", ["Uniqueid": "c1", "Linkedid": "c1", "DestUniqueid": "x2"])

private func endOfLegOne(_ status: String) -> AMIMessage {
    event("DialEnd", ["DestUniqueid": "c1", "DialStatus": status])
}
private func endOfLegTwo(_ status: String) -> AMIMessage {
    event("DialEnd", ["Uniqueid": "c1", "Linkedid": "c1", "DestUniqueid": "x2", "DialStatus": status])
}
private func hangup(_ channel: String, cause: Int) -> AMIMessage {
    event("Hangup", ["Uniqueid": channel, "Linkedid": "c1", "Cause": String(cause)])
}

/// The steps that a call is reported to take.
private func steps(_ events: [AMIMessage], isCancelled: Bool = false) -> [CallStep] {
    var follower = CallFollower(channel: "c1")
    follower.isCancelled = isCancelled
    return events.compactMap { follower.take($0) }
}

@Suite struct CallFollowerTests {
    @Test(arguments: [[upLegOne, orderDone], [orderDone, upLegOne]])
    func wholeCallIsFollowed(_ answered: [AMIMessage]) {
        let told = steps(
            [newLegOne, ringingLegOne] + answered + [
                dialLegTwo, endOfLegTwo("ANSWER"), event("BridgeEnter", ["Uniqueid": "x2", "Linkedid": "c1"]),
                hangup("x2", cause: 16), hangup("c1", cause: 16),
            ])

        #expect(told == [.ringing, .connecting, .talking, .ended])
    }

    @Test(arguments: [
        ([endOfLegOne("BUSY"), orderFailed, hangup("c1", cause: 17)], CallFailure.phoneBusy),
        ([orderFailed, endOfLegOne("BUSY"), hangup("c1", cause: 17)], .phoneBusy),
        ([orderFailed, hangup("c1", cause: 19)], .phoneNoAnswer),
        ([endOfLegOne("NOANSWER"), hangup("c1", cause: 21)], .phoneRefused),
        ([endOfLegOne("CHANUNAVAIL"), hangup("c1", cause: 20)], .phoneOffline),
        ([endOfLegOne("CONGESTION"), hangup("c1", cause: 34)], .phoneOffline),
        ([hangup("c1", cause: 20)], .phoneOffline),
    ])
    func unansweredLegOneSaysWhy(_ end: [AMIMessage], _ failure: CallFailure) {
        #expect(steps([newLegOne, ringingLegOne] + end) == [.ringing, .failed(failure)])
    }

    @Test func phoneWithoutAChannelIsOffline() { #expect(steps([orderFailed]) == [.failed(.phoneOffline)]) }

    @Test(arguments: [
        (
            [dialLegTwo, endOfLegTwo("BUSY"), hangup("x2", cause: 17), hangup("c1", cause: 17)],
            CallFailure.destinationBusy
        ),
        ([dialLegTwo, endOfLegTwo("NOANSWER"), hangup("c1", cause: 19)], .destinationNoAnswer),
        ([dialLegTwo, hangup("x2", cause: 21), endOfLegTwo("NOANSWER"), hangup("c1", cause: 0)], .destinationRefused),
        (
            [dialLegTwo, hangup("x2", cause: 1), endOfLegTwo("NOANSWER"), hangup("c1", cause: 1)],
            .destinationUnavailable
        ),
        ([dialLegTwo, endOfLegTwo("DONTCALL"), hangup("c1", cause: 16)], .destinationRefused),
        ([dialLegTwo, endOfLegTwo("CHANUNAVAIL"), hangup("c1", cause: 20)], .destinationUnavailable),
        ([dialLegTwo, endOfLegTwo("CONGESTION"), hangup("c1", cause: 34)], .destinationUnavailable),
        ([hangup("c1", cause: 3)], .destinationUnavailable), ([hangup("c1", cause: 20)], .destinationUnavailable),
        ([hangup("c1", cause: 17)], .destinationBusy),
    ])
    func unansweredLegTwoSaysWhy(_ end: [AMIMessage], _ failure: CallFailure) {
        #expect(steps([newLegOne, upLegOne] + end) == [.connecting, .failed(failure)])
    }

    @Test func ofSeveralPhonesOneIsEnough() {
        let told = steps([
            newLegOne, upLegOne, dialLegTwo, endOfLegTwo("BUSY"), dialLegTwo, endOfLegTwo("ANSWER"),
            hangup("c1", cause: 16),
        ])

        #expect(told == [.connecting, .talking, .ended])
    }

    @Test func announcementInsteadOfAPhoneIsAnOrdinaryEnd() {
        #expect(steps([newLegOne, upLegOne, hangup("c1", cause: 16)]) == [.connecting, .ended])
    }

    @Test(arguments: [
        [dialLegTwo, event("HangupRequest", ["Uniqueid": "c1"]), endOfLegTwo("CANCEL"), hangup("c1", cause: 0)],
        [dialLegTwo, endOfLegTwo("CANCEL"), hangup("c1", cause: 0)],
        [event("HangupRequest", ["Uniqueid": "c1"]), hangup("c1", cause: 3)],
    ])
    func callerWhoHangsUpHasCancelled(_ end: [AMIMessage]) {
        #expect(steps([newLegOne, upLegOne] + end) == [.connecting, .cancelled])
    }

    @Test(arguments: [
        ([newLegOne, endOfLegOne("NOANSWER"), orderFailed, hangup("c1", cause: 0)], [CallStep.cancelled]),
        ([orderFailed], [.cancelled]),
        (
            [newLegOne, upLegOne, dialLegTwo, endOfLegTwo("CANCEL"), hangup("c1", cause: 16)],
            [.connecting, .cancelled]
        ),
        (
            [newLegOne, upLegOne, dialLegTwo, endOfLegTwo("ANSWER"), hangup("c1", cause: 16)],
            [.connecting, .talking, .ended]
        ),
    ])
    func cancelledCallEndsSo(_ events: [AMIMessage], _ expected: [CallStep]) {
        #expect(steps(events, isCancelled: true) == expected)
    }

    @Test func otherCallsAndLateEventsSayNothing() {
        let others = [
            event("Newchannel", ["Uniqueid": "other"]), event("Hangup", ["Uniqueid": "other", "Cause": "16"]),
            event("OriginateResponse", ["ActionID": "other", "Response": "Failure"]),
            event("DialEnd", ["Uniqueid": "other", "DestUniqueid": "x9", "DialStatus": "ANSWER"]), event("Nonsense"),
        ]

        #expect(
            steps(others + [newLegOne, hangup("c1", cause: 17), upLegOne, endOfLegTwo("ANSWER")]) == [
                .failed(.phoneBusy)
            ])
    }

    @Test(arguments: [
        (event("Status", ["Uniqueid": "c1", "ChannelState": "5"]), [CallStep]()),
        (event("Status", ["Uniqueid": "c1", "ChannelState": "6", "BridgeID": ""]), [.connecting]),
        (event("Status", ["Uniqueid": "c1", "ChannelState": "6", "BridgeID": "b-1"]), [.talking]),
    ])
    func whatWasMissedIsSeenInTheSnapshot(_ status: AMIMessage, _ expected: [CallStep]) {
        #expect(steps([newLegOne, status]) == expected)
    }

    @Test(arguments: [
        ([newLegOne], [CallStep.failed(.pbxUnreachable)]),
        ([newLegOne, upLegOne, dialLegTwo, endOfLegTwo("ANSWER")], [.ended]),
    ])
    func callThatIsLostEnds(_ events: [AMIMessage], _ expected: [CallStep]) {
        var follower = CallFollower(channel: "c1")
        for one in events { _ = follower.take(one) }

        #expect([follower.lose(.pbxUnreachable)] == expected)
        #expect(follower.lose(.pbxUnreachable) == nil)
    }
}
