import PatchbaySDK

/// How much a domain may send, and where to: what a stolen password or a robot in a form costs at most.
struct SendLimits: Sendable, Equatable {
    /// SMS, counting the parts of long ones, within 24 hours.
    var segmentsPerDay: Int
    /// The beginnings of the numbers that may be written to, such as `+1`; empty for all countries.
    var destinations: [String]
    /// Whether numbers that cost extra may be written to.
    var allowsPremiumRate: Bool

    /// Each domain's own limits before those of all.
    struct Table: Sendable {
        let standard: SendLimits
        let byDomain: [DomainID: SendLimits]

        /// What holds for `domain`.
        func limits(of domain: DomainID) -> SendLimits { byDomain[domain] ?? standard }
    }

    /// Whether `number`, in E.164, may be written to as far as its country goes. Short codes have no country and may.
    func allows(_ number: String) -> Bool {
        destinations.isEmpty || !number.hasPrefix("+") || destinations.contains { number.hasPrefix($0) }
    }
}

extension SendLimits.Table {
    /// Reads the settings `segmentsPerDay`, `destinations`, `allowsPremiumRate` and, by domain, `limitsByDomain`.
    init(_ settings: Settings) throws(PortalError) {
        let standard = SendLimits(
            segmentsPerDay: try settings.int("segmentsPerDay"),
            destinations: settings.json["destinations"]?.array?.compactMap(\.string) ?? [],
            allowsPremiumRate: settings.json["allowsPremiumRate"]?.bool ?? false)
        self.standard = standard
        byDomain = Dictionary(
            uniqueKeysWithValues: (settings.json["limitsByDomain"]?.object ?? [:]).map { name, own in
                (
                    DomainID(rawValue: name),
                    SendLimits(
                        segmentsPerDay: own["segmentsPerDay"]?.int ?? standard.segmentsPerDay,
                        destinations: own["destinations"]?.array?.compactMap(\.string) ?? standard.destinations,
                        allowsPremiumRate: own["allowsPremiumRate"]?.bool ?? standard.allowsPremiumRate)
                )
            })
    }
}
