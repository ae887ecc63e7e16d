import Foundation
import PatchbaySDK

/// What a domain's people may not call from the portal. Emergency numbers come on top: those are always denied.
public struct DeniedCalls: Sendable, Equatable {
    /// `premium-rate`; a number or the beginning of numbers in E.164 (`+1900*`); an extension or the beginning of
    /// extensions (`70*`). An `x` stands for any digit.
    public let patterns: [String]

    /// What holds until somebody says otherwise: nothing that costs the company extra.
    public static let standard = DeniedCalls(checked: [premiumRate])

    /// Every number whose calls cost the caller extra, whatever its country.
    public static let premiumRate = "premium-rate"
    /// The most patterns of a domain.
    public static let most = 500

    private init(checked patterns: [String]) { self.patterns = patterns }

    /// Takes what an administrator wrote; blanks and repeats are left out.
    ///
    /// - Throws: `PortalError.invalid` `calls.pattern-invalid`, `calls.too-many-patterns`.
    public init(_ patterns: [String]) throws(PortalError) {
        var kept: [String] = []
        for pattern in patterns.map({ $0.filter { !$0.isWhitespace }.lowercased() }) where !kept.contains(pattern) {
            guard pattern == Self.premiumRate || pattern.wholeMatch(of: #/\+?[0-9x]{1,15}\*?|\+\*/#) != nil else {
                throw PortalError(
                    .invalid, id: "calls.pattern-invalid",
                    "“\(pattern.prefix(40))” is no pattern. Write +1900* for all numbers that begin so, 70* for "
                        + "extensions, x for any digit, or \(Self.premiumRate).",
                    details: ["pattern": String(pattern.prefix(40))])
            }
            kept.append(pattern)
        }
        guard kept.count <= Self.most else {
            throw PortalError(
                .invalid, id: "calls.too-many-patterns", "A domain has \(Self.most) patterns at most; sum some up.")
        }
        self.patterns = kept
    }

    /// Refuses what the list names, and emergency numbers.
    ///
    /// - Parameter region: The domain's: `112` is an emergency number in most regions, `911` in some.
    /// - Throws: `PortalError.forbidden` (`calls.denied`).
    public func check(_ destination: CallDestination, region: String) throws(PortalError) {
        let digits = destination.dialled
        if case .extension = destination, PhoneNumber.isEmergency(digits, in: region) { throw Self.emergency }
        guard !patterns.contains(where: { matches($0, destination, digits) }) else {
            throw PortalError(
                .forbidden, id: "calls.denied",
                "Your company doesn't allow calls to this number from the portal. Ask your office manager.")
        }
    }

    private func matches(_ pattern: String, _ destination: CallDestination, _ digits: String) -> Bool {
        if pattern == Self.premiumRate {
            guard case .number(let number) = destination else { return false }
            return number.isPremiumRate
        }
        let isPrefix = pattern.hasSuffix("*")
        let signs = isPrefix ? pattern.dropLast() : pattern[...]
        guard isPrefix ? digits.count >= signs.count : digits.count == signs.count else { return false }
        return zip(signs, digits).allSatisfy { sign, digit in sign == digit || (sign == "x" && digit != "+") }
    }

    /// A phone's own call says where it is; a call that the portal places may not.
    static let emergency = PortalError(
        .forbidden, id: "calls.denied",
        "Emergency numbers can't be called from here. Dial it on your phone, now.")
}

extension DeniedCalls {
    /// The domain's list; the standard one while nobody has said otherwise.
    static func fetch(of domain: DomainID, in db: Database) throws -> DeniedCalls {
        let text = try String.fetchOne(
            db.cachedStatement(sql: "SELECT patterns FROM deniedCalls WHERE domainId = ?"), arguments: [domain])
        guard let text else { return .standard }
        return DeniedCalls(checked: try JSON(parsing: text).array?.compactMap(\.string) ?? [])
    }

    /// Keeps the list as the domain's; `nil` brings the standard one back.
    static func set(_ denied: DeniedCalls?, of domain: DomainID, in db: Database) throws {
        guard let denied else {
            return try db.execute(sql: "DELETE FROM deniedCalls WHERE domainId = ?", arguments: [domain])
        }
        try db.execute(
            sql: "INSERT INTO deniedCalls VALUES (?, ?) ON CONFLICT DO UPDATE SET patterns = excluded.patterns",
            arguments: [domain, JSON.array(denied.patterns.map { .string($0) }).text])
    }
}
