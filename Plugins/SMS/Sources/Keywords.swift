import Foundation
import PatchbaySDK

/// The words that customers write to stop, start or ask (CTIA, 47 CFR 64.1200). Only a message that is exactly such a
/// word counts; anything that merely reads like an opt-out is for a person to decide.
struct Keywords: Sendable {
    enum Meaning: Sendable, Equatable {
        case stop, start, help
    }

    /// A word that was recognised, and what to answer.
    struct Match: Sendable, Equatable {
        let meaning: Meaning
        /// The word as the lists have it.
        let word: String
        /// With `{domain}` where the domain's name goes.
        let answer: String
    }

    private let matches: [String: Match]
    private let suspectPhrases: [String]

    init(_ settings: SMSSettings) {
        var matches: [String: Match] = [:]
        // The preferred language comes first: it answers the words that several languages share.
        let languages = settings.confirmations.keys.sorted { one, other in
            (one == settings.language ? 0 : 1, one) < (other == settings.language ? 0 : 1, other)
        }
        for language in languages {
            guard let answers = settings.confirmations[language] else { continue }
            let lists: [(Meaning, [String]?, String)] = [
                (.stop, settings.optOutWords[language], answers.stop),
                (.start, settings.optInWords[language], answers.start),
                (.help, settings.helpWords[language], answers.help),
            ]
            for (meaning, words, answer) in lists {
                for word in words ?? [] {
                    let key = Self.plain(word)
                    if matches[key] == nil { matches[key] = Match(meaning: meaning, word: word, answer: answer) }
                }
            }
        }
        self.matches = matches
        suspectPhrases = settings.suspectPhrases.map(Self.plain)
    }

    /// The keyword that `text` is, if it is nothing else.
    func match(_ text: String) -> Match? {
        text.utf8.count <= 64 ? matches[Self.plain(text)] : nil
    }

    /// Whether `text` reads like an opt-out without being the word: a phrase of the list, or a short text that begins
    /// with an opt-out word, such as “Stop. Thank you”.
    func isSuspect(_ text: String) -> Bool {
        guard match(text) == nil else { return false }
        let plain = Self.plain(String(text.prefix(500)))
        if suspectPhrases.contains(where: plain.contains) { return true }
        let words = plain.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        guard let first = words.first, words.count <= 5 else { return false }
        return matches[String(first)]?.meaning == .stop
    }

    /// Lower case without accents, and without spaces and punctuation at the ends.
    private static func plain(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .replacing("’", with: "'")
            .trimmingCharacters(in: .whitespacesAndNewlines.union(.punctuationCharacters))
    }
}
