import Foundation

/// A language that the e-mails and pages speak.
enum Language: String, Sendable, CaseIterable {
    case en, de, es, fr

    /// The best for a browser's `Accept-Language` (RFC 9110 §12.5.4), by its order; English when it names none of these.
    init(acceptLanguage: String) {
        let named = acceptLanguage.split(separator: ",").compactMap { part in
            Language(rawValue: part.trimmingCharacters(in: .whitespaces).prefix(2).lowercased())
        }
        self = named.first ?? .en
    }

    var words: Words {
        switch self {
        case .en: .english
        case .de: .german
        case .es: .spanish
        case .fr: .french
        }
    }

    /// Such as “28 Nov 2026, 14:05”, as people of the language write it.
    func moment(_ date: Date, in zone: TimeZone) -> String {
        var style = Date.FormatStyle(date: .abbreviated, time: .shortened)
        style.locale = Locale(identifier: rawValue == "en" ? "en_GB" : rawValue)
        style.timeZone = zone
        return date.formatted(style)
    }
}
