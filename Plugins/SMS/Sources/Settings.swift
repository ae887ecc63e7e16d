import PatchbaySDK

/// The operator's settings, read once.
struct SMSSettings: Sendable {
    /// What a keyword is answered with, in one language; `{domain}` stands for the domain's name.
    struct Confirmations: Sendable {
        let stop: String
        let start: String
        let help: String
    }

    let messagesPerMinute: Int
    let mostSegments: Int
    let limits: SendLimits.Table
    let quietHours: QuietHours.Table
    let mostAttempts: Int
    let shortestRetry: Duration
    let longestRetry: Duration
    /// How long a carrier's answer is waited for.
    let submitLimit: Duration
    /// How long it is known how a message went to the carrier, from its last change on.
    let deliveryRecords: Duration
    /// Whether an opt-out stops only the number that it came to, not all of the domain.
    let optOutHoldsForNumberOnly: Bool
    /// The language that a word of several languages is answered in.
    let language: String
    /// By language.
    let optOutWords: [String: [String]]
    let optInWords: [String: [String]]
    let helpWords: [String: [String]]
    let confirmations: [String: Confirmations]
    let suspectPhrases: [String]

    init(_ settings: Settings) throws(PortalError) {
        messagesPerMinute = try settings.int("messagesPerMinute")
        mostSegments = try settings.int("mostSegments")
        limits = try SendLimits.Table(settings)
        quietHours = try QuietHours.Table(settings)
        mostAttempts = try settings.int("mostAttempts")
        shortestRetry = .milliseconds(Int(try settings.double("shortestRetrySeconds") * 1000))
        longestRetry = .milliseconds(Int(try settings.double("longestRetrySeconds") * 1000))
        submitLimit = .seconds(try settings.int("submitTimeoutSeconds"))
        deliveryRecords = .seconds(86_400 * (try settings.int("deliveryRecordsDays")))
        optOutHoldsForNumberOnly = try settings.string("optOutHoldsFor") == "number"
        language = try settings.string("language")
        optOutWords = Self.words(settings.json["optOutWords"])
        optInWords = Self.words(settings.json["optInWords"])
        helpWords = Self.words(settings.json["helpWords"])
        suspectPhrases = settings.json["suspectPhrases"]?.array?.compactMap(\.string) ?? []
        confirmations = (settings.json["confirmations"]?.object ?? [:]).compactMapValues { texts in
            guard let stop = texts["stop"]?.string, let start = texts["start"]?.string, let help = texts["help"]?.string
            else { return nil }
            return Confirmations(stop: stop, start: start, help: help)
        }
        guard shortestRetry <= longestRetry else {
            throw PortalError(
                .invalid, id: "settings.contradiction",
                "shortestRetrySeconds must not be more than longestRetrySeconds.")
        }
        guard confirmations[language] != nil else {
            throw PortalError(
                .invalid, id: "settings.contradiction",
                "There are no confirmations in the language \"\(language)\"; add them or choose another language.")
        }
    }

    private static func words(_ value: JSON?) -> [String: [String]] {
        (value?.object ?? [:]).mapValues { $0.array?.compactMap(\.string) ?? [] }
    }
}
