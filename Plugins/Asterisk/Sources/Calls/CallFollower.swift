import PatchbaySDK

/// Follows one call from the order to its end by what the manager interface tells: pure, without clock or network.
///
/// Leg 1 is the user's phone; its channel has the id that the order gave it. Leg 2 is whatever leg 1's channel dials
/// once it is up.
struct CallFollower: Sendable {
    /// The `Uniqueid` of leg 1's channel.
    let channel: String
    /// Where the call stands, as last reported.
    private(set) var step = CallStep.ringing
    /// Whether the user wants it to end.
    var isCancelled = false

    /// Whether leg 1's channel has been seen.
    private(set) var hasChannel = false
    /// Whether the user was told that their phone rings.
    private var hasRung = false
    private var isAnswered = false
    /// Whether a person of leg 1 has hung up themselves.
    private var hungUpByUser = false
    private var legOne: DialStatus?
    /// The last outcome of dialling leg 2; the dial plan may try several phones, one after the other or at once.
    private var legTwo: DialStatus?
    /// The hangup cause of leg 2's last channel.
    private var legTwoCause: Int?
    /// The channels that leg 1 has dialled.
    private var dialled: Set<String> = []

    init(channel: String) { self.channel = channel }

    /// Whether nothing can follow.
    var isOver: Bool { step.isOver }
    /// The channels that there are, as far as is known; leg 1 first.
    var channels: [String] { hasChannel ? [channel] + dialled.sorted() : [] }

    /// Takes an event, whichever it is.
    ///
    /// - Returns: the step to report, when the call has moved.
    mutating func take(_ event: AMIMessage) -> CallStep? {
        guard !step.isOver else { return nil }
        switch event.event {
        case "Newchannel" where event["Uniqueid"] == channel: hasChannel = true
        case "Status" where event["Uniqueid"] == channel: return takeStatus(event)
        case "DialBegin", "DialState": return takeDialling(event)
        case "DialEnd": return takeDialEnd(event)
        case "Newstate" where event["Uniqueid"] == channel && event["ChannelState"] == "6": return move(to: .connecting)
        case "BridgeEnter" where isAnswered && dialled.contains(event["Uniqueid"] ?? ""): return move(to: .talking)
        case "HangupRequest" where event["Uniqueid"] == channel: hungUpByUser = true
        case "Hangup": return takeHangup(event)
        case "OriginateResponse": return takeResponse(event)
        default: break
        }
        return nil
    }

    /// Ends a call of which the PBX knows nothing any more.
    mutating func lose(_ failure: CallFailure) -> CallStep? {
        guard !step.isOver else { return nil }
        return end(with: isCancelled ? .cancelled : step == .talking ? .ended : .failed(failure))
    }

    /// How it stands after a time in which nothing was heard.
    private mutating func takeStatus(_ event: AMIMessage) -> CallStep? {
        hasChannel = true
        guard event["ChannelState"] == "6" else { return nil }
        return move(to: event["BridgeID"]?.isEmpty == false ? .talking : .connecting)
    }

    private mutating func takeDialling(_ event: AMIMessage) -> CallStep? {
        guard event["DestUniqueid"] != channel else {
            hasChannel = true
            guard !hasRung, !isAnswered else { return nil }
            hasRung = true
            return .ringing
        }
        // A channel rarely dials more than a hunt group; the bound is against nonsense.
        if event["Uniqueid"] == channel, let other = event["DestUniqueid"], dialled.count < 100 {
            dialled.insert(other)
        }
        return nil
    }

    private mutating func takeDialEnd(_ event: AMIMessage) -> CallStep? {
        guard let status = DialStatus(rawValue: event["DialStatus"] ?? "") else { return nil }
        if event["DestUniqueid"] == channel {
            legOne = status
            return status == .answer ? move(to: .connecting) : nil
        }
        guard event["Uniqueid"] == channel else { return nil }
        legTwo = status
        return status == .answer ? move(to: .talking) : nil
    }

    private mutating func takeHangup(_ event: AMIMessage) -> CallStep? {
        let cause = event["Cause"].flatMap { Int($0) }
        guard event["Uniqueid"] == channel else {
            if dialled.contains(event["Uniqueid"] ?? "") { legTwoCause = cause }
            return nil
        }
        if step == .talking { return end(with: .ended) }
        if isCancelled { return end(with: .cancelled) }
        guard isAnswered else { return end(with: .failed(Self.phoneFailure(legOne, cause: cause))) }
        if hungUpByUser || legTwo == .cancel { return end(with: .cancelled) }
        guard let failure = destinationFailure(cause: cause) else { return end(with: .ended) }
        return end(with: .failed(failure))
    }

    /// The answer to the order. With a channel, the truth comes by its Hangup, before or after.
    private mutating func takeResponse(_ event: AMIMessage) -> CallStep? {
        guard event["ActionID"] == channel else { return nil }
        if event.isSuccess { return move(to: .connecting) }
        guard !hasChannel else { return nil }
        return end(with: isCancelled ? .cancelled : .failed(.phoneOffline))
    }

    private mutating func move(to next: CallStep) -> CallStep? {
        isAnswered = true
        guard step != next, step != .talking else { return nil }
        step = next
        return next
    }

    private mutating func end(with last: CallStep) -> CallStep {
        step = last
        return last
    }
}

extension CallFollower {
    /// How dialling a phone ended, in Asterisk's words.
    private enum DialStatus: String {
        case answer = "ANSWER"
        case busy = "BUSY"
        case noAnswer = "NOANSWER"
        case cancel = "CANCEL"
        case congestion = "CONGESTION"
        case unavailable = "CHANUNAVAIL"
        case refused = "DONTCALL"
        case screened = "TORTURE"
    }

    private static func phoneFailure(_ status: DialStatus?, cause: Int?) -> CallFailure {
        switch (status, cause) {
        case (.busy, _), (nil, 17): .phoneBusy
        case (_, 21): .phoneRefused
        case (.unavailable, _), (.congestion, _): .phoneOffline
        case (_, 3), (_, 20), (_, 27), (_, 38): .phoneOffline
        default: .phoneNoAnswer
        }
    }

    /// Why leg 2 came to nothing; nil when the dial plan had something else for the user, such as an announcement.
    private func destinationFailure(cause: Int?) -> CallFailure? {
        let cause = legTwoCause ?? cause
        switch legTwo {
        case .busy: return .destinationBusy
        // Asterisk says NOANSWER for a 404 too; the cause knows better.
        case .noAnswer: return cause.flatMap { Self.destinationFailures[$0] } ?? .destinationNoAnswer
        case .refused, .screened: return .destinationRefused
        case .congestion, .unavailable: return cause == 21 ? .destinationRefused : .destinationUnavailable
        case .answer, .cancel, nil: return Self.destinationFailures[cause ?? 16]
        }
    }

    /// By the hangup cause (Q.850), for what was never dialled: a phone that isn't registered, a number without a route.
    private static let destinationFailures: [Int: CallFailure] = [
        1: .destinationUnavailable, 2: .destinationUnavailable, 3: .destinationUnavailable, 17: .destinationBusy,
        18: .destinationNoAnswer, 19: .destinationNoAnswer, 20: .destinationUnavailable, 21: .destinationRefused,
        22: .destinationUnavailable, 27: .destinationUnavailable, 28: .destinationUnavailable,
        31: .destinationUnavailable, 34: .destinationUnavailable, 38: .destinationUnavailable,
        41: .destinationUnavailable, 42: .destinationUnavailable, 44: .destinationUnavailable,
        50: .destinationRefused, 58: .destinationUnavailable, 66: .destinationUnavailable,
    ]
}
