import PatchbaySDK

/// A delivery report of Kannel's: the number for `%d` and the network's words for `%A`.
enum Receipt {
    /// What the report means; `nil` for “queued”, which says nothing new.
    ///
    /// - Throws: `PortalError.invalid` (`kannel.receipt-unknown`) for a number that is none of Kannel's.
    static func outcome(type: Int, answer: String) throws(PortalError) -> DeliveryReport.Outcome? {
        switch type {
        case 1: return .delivered
        case 2: return .failed(reason: reason(in: answer) ?? "The message could not be delivered to the phone.")
        case 4: return nil
        case 8: return .sent
        case 16: return .failed(reason: reason(in: answer) ?? "The carrier has rejected the message.")
        default:
            throw PortalError(.invalid, id: "kannel.receipt-unknown", "type must be 1, 2, 4, 8 or 16.")
        }
    }

    /// The network's words in words for people: `NACK/0x0000000b/Invalid Destination Address`, or a receipt's text with
    /// `stat:UNDELIV`.
    private static func reason(in answer: String) -> String? {
        if let state = answer.firstMatch(of: /stat:([A-Z]+)/)?.output.1 {
            return states[String(state)]
        }
        guard let nack = answer.firstMatch(of: /NACK\/0x([0-9a-fA-F]{1,8})/), let code = Int(nack.output.1, radix: 16)
        else { return nil }
        if let known = codes[code] { return known }
        let words = answer.split(separator: "/").dropFirst(2).joined(separator: "/").prefix(80)
        return words.isEmpty ? nil : "The carrier has rejected the message: \(words)."
    }

    private static let states = [
        "UNDELIV": "The phone could not be reached.",
        "EXPIRED": "The phone was off for too long, and the message has expired.",
        "DELETED": "The carrier has deleted the message.",
        "REJECTD": "The carrier has rejected the message.",
    ]

    /// Status codes of SMPP 3.4 §5.1.3.
    private static let codes = [
        0x0A: "The carrier doesn't accept our number as the sender.",
        0x0B: "There is no such number.",
        0x14: "The carrier's queue is full.",
        0x58: "The carrier asks to send more slowly.",
    ]
}
