import PatchbaySDK

extension PhoneState {
    /// By the state of a device, such as `NOT_INUSE`.
    init(deviceState text: String) {
        self =
            switch text {
            case "NOT_INUSE": .idle
            case "RINGING": .ringing
            // Ringing while in a call: the person is talking.
            case "INUSE", "BUSY", "RINGINUSE", "ONHOLD": .busy
            case "UNAVAILABLE", "INVALID": .offline
            default: .unknown
            }
    }

    /// By the status of a hint: bits for in use (1), busy (2), unavailable (4), ringing (8) and on hold (16).
    init(extensionStatus bits: Int) {
        self =
            switch bits {
            case 0: .idle
            case ..<0: .unknown
            case _ where bits & 0b10011 != 0: .busy
            case _ where bits & 0b01000 != 0: .ringing
            case _ where bits & 0b00100 != 0: .offline
            default: .unknown
            }
    }
}
