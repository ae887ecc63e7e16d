import PatchbaySDK

/// What an administrator should know of a carrier without a network.
struct NetworkTest: Sendable {
    let settings: SimulatorSettings

    func run() -> [Diagnosis] {
        [
            network, refusals,
            Diagnosis("Sending", .good, "Messages stay in the portal and cost nothing; no real phone gets them."),
            Diagnosis(
                "Receiving", .good,
                "Write on the page of the customers' phones, /plugins/simulator/, and it comes in here."),
            Diagnosis(
                "Verification", .good,
                "There is no webhook that strangers could call: only people who are signed in write as customers."),
        ]
    }

    private var network: Diagnosis {
        Diagnosis(
            "Network", .good,
            "It answers within \(settings.latency.upperBound) ms and sends a receipt \(settings.receiptDelay) ms later."
        )
    }

    private var refusals: Diagnosis {
        let refused = settings.temporaryFailurePercent
        let lost = settings.undeliveredPercent
        guard refused > 0 || lost > 0 else { return Diagnosis("Quality", .good, "It refuses and loses nothing.") }
        let finding = "Of a hundred messages it refuses \(Self.text(refused)) for now and loses \(Self.text(lost))."
        return Diagnosis(
            "Quality", refused >= 100 || lost >= 100 ? .bad : .doubtful, finding,
            mend: "Set “temporaryFailurePercent” and “undeliveredPercent” to 0 unless you want to rehearse that.")
    }

    private static func text(_ percent: Double) -> String {
        percent == percent.rounded() ? String(Int(percent)) : String(percent)
    }
}
