import PatchbayHost
import PatchbaySDK

/// What has to be so for a user to use a feature, in order: its gates, and behind them a carrier that runs for what goes
/// by numbers. The first step that isn't so is why they can't.
struct FeatureSteps: Sendable {
    /// One of them.
    struct Step: Sendable {
        let level: String
        /// What its switch belongs to.
        let subject: String?
        let isOn: Bool
        let isExplicit: Bool

        var json: JSON {
            [
                "level": .string(level), "subject": JSON(subject), "isOn": .bool(isOn),
                "isExplicit": .bool(isExplicit),
            ]
        }
    }

    private static let carrierMissing = PortalError(
        .unavailable(retryAfter: .seconds(60)), id: "sms.carrier-not-running",
        "No carrier runs for the numbers of this person. Choose one for a number, or start its plugin.")

    let steps: [Step]
    private let title: String

    init(of plugin: RunningPlugin, for user: User, _ portal: Portal, in db: Database) throws {
        title = plugin.gateRules.title
        var steps = try portal.gates.states(of: plugin.id, for: user.caller, in: db).map { state in
            let subject: String? =
                switch state.level {
                case .system: "system"
                case .domain: user.domain.rawValue
                case .user: user.id.rawValue
                case .plugin, .number: nil
                }
            return Step(
                level: state.level.rawValue, subject: subject, isOn: state.isOpen, isExplicit: state.isExplicit)
        }
        // Without a number there is no carrier to look for.
        if plugin.gateRules.numberFeature == .sms, steps.last?.isOn == true {
            let isCarried = try portal.numbers.assigned(to: user.id, with: .sms, in: db).contains { number in
                number.carrier.map { portal.plugins.instance($0) is any SMSCarrier } ?? false
            }
            steps.append(Step(level: "carrier", subject: nil, isOn: isCarried, isExplicit: true))
        }
        self.steps = steps
    }

    var isOpen: Bool { closed == nil }

    /// Where it ends.
    var closed: Step? { steps.first { !$0.isOn } }

    private var error: PortalError? {
        closed.map { GateLevel(rawValue: $0.level).map { ClosedGate($0, of: title).error } ?? Self.carrierMissing }
    }

    /// As `GateJSON.feature`, with the steps.
    var json: [String: JSON] {
        let error = error
        return [
            "isOpen": .bool(isOpen), "closedGate": JSON(closed?.level), "id": JSON(error?.id),
            "reason": JSON(error?.message), "levels": .array(steps.map(\.json)),
        ]
    }
}
