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

    /// Such as “Nov 28, 2026 at 2:05 PM”, as people of the language write it in that country.
    ///
    /// - Parameter region: ISO 3166-1 alpha-2.
    func moment(_ date: Date, in zone: TimeZone, _ region: String) -> String {
        var style = Date.FormatStyle(date: .abbreviated, time: .shortened)
        style.locale = Locale(identifier: "\(rawValue)_\(region)")
        style.timeZone = zone
        return date.formatted(style)
    }
}
