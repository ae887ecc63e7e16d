import PatchbaySDK

/// What the simulated network does with a submit. Decided by the seed and the message, or by the last four digits of
/// the destination where those are magic.
struct Fate: Sendable {
    enum Answer: Sendable, Equatable {
        case accepted
        case refused(CarrierError)
        /// The connection hangs.
        case nothing

        /// For the log of submits.
        var name: String {
            switch self {
            case .accepted: "accepted"
            case .refused(.temporary): "temporary"
            case .refused(.permanent): "permanent"
            case .nothing: "silent"
            }
        }
    }

    /// A report that follows a submit.
    struct Receipt: Sendable, Equatable {
        let outcome: DeliveryReport.Outcome
        /// Milliseconds after the submit.
        let after: Int
    }

    let latency: Duration
    let answer: Answer
    /// Whether the handset shows the message, whatever is answered.
    let reachesPhone: Bool
    let receipts: [Receipt]
    /// Whether the receipts overtake the answer.
    let receiptsComeFirst: Bool

    init(of sms: OutboundSMS, settings: SimulatorSettings) {
        var forAttempt = SplitMix64(seed: settings.seed, mixedWith: "\(sms.id)/\(sms.part)/\(sms.attempt)")
        var forMessage = SplitMix64(seed: settings.seed, mixedWith: sms.id.rawValue)
        latency = .milliseconds(Int.random(in: settings.latency, using: &forAttempt))
        let isThrottled = Double.random(in: 0..<100, using: &forAttempt) < settings.temporaryFailurePercent
        let isLost = Double.random(in: 0..<100, using: &forMessage) < settings.undeliveredPercent
        let delay = settings.receiptDelay
        let sent = Receipt(outcome: .sent, after: delay)
        let delivered = Receipt(outcome: .delivered, after: 2 * delay)
        func failed(_ reason: String) -> [Receipt] {
            [sent, Receipt(outcome: .failed(reason: reason), after: 2 * delay)]
        }

        var answer = Answer.accepted
        var receipts = [sent, delivered]
        var reachesPhone: Bool?
        switch sms.to.suffix(4) {
        case "0000": answer = .refused(.permanent(reason: "There is no such number."))
        case "0001" where sms.attempt <= 2:
            answer = .refused(.temporary(reason: "The carrier asks to send more slowly."))
        case "0002":
            (receipts, reachesPhone) = (failed("The phone could not be reached."), false)
        case "0003":
            (receipts, reachesPhone) = (failed("The phone was off for too long, and the message has expired."), false)
        case "0004": receipts = []
        case "0005": (answer, reachesPhone) = (.nothing, false)
        case "0006" where sms.attempt == 1:
            answer = .refused(.temporary(reason: "The connection to the carrier broke off."))
            reachesPhone = true
        case "0009": answer = .refused(.temporary(reason: "The carrier's queue is full."))
        case "0010":
            let rejected = Receipt(outcome: .failed(reason: "The carrier has rejected the message."), after: delay)
            (receipts, reachesPhone) = ([rejected], false)
        case "0001", "0006", "0007", "0008": break
        default:
            if isThrottled { answer = .refused(.temporary(reason: "The carrier is busy.")) }
            if isLost { (receipts, reachesPhone) = (failed("The phone could not be reached."), false) }
        }
        self.answer = answer
        self.reachesPhone = reachesPhone ?? (answer == .accepted)
        self.receiptsComeFirst = sms.to.hasSuffix("0007")
        // 0008: every report comes twice, and the first ones last.
        self.receipts =
            sms.to.hasSuffix("0008")
            ? [Receipt(outcome: .delivered, after: 0), sent, delivered]
            : receipts.map { receiptsAt0($0) }

        func receiptsAt0(_ receipt: Receipt) -> Receipt {
            sms.to.hasSuffix("0007") ? Receipt(outcome: receipt.outcome, after: 0) : receipt
        }
    }
}
