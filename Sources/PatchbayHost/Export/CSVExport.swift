import PatchbaySDK

/// Writes users, numbers and contacts of a domain as CSV that `CSVImport` reads again.
///
/// UTF-8 with a byte order mark, for Excel reads a file without one as the country's old encoding; CRLF after each line
/// (RFC 4180). No cell can run as a formula. Passwords and people's personal contacts are never in it.
public struct CSVExport: Sendable {
    private let directory: DirectoryStore
    private let numbers: NumberStore
    private let contacts: ContactBook

    /// Makes an export of what these hold.
    public init(directory: DirectoryStore, numbers: NumberStore, contacts: ContactBook) {
        self.directory = directory
        self.numbers = numbers
        self.contacts = contacts
    }

    /// All of `kind` that `domain` has, as the bytes of a file.
    ///
    /// - Throws: `PortalError` `directory.domain-unknown`.
    public func csv(_ kind: ImportKind, of domain: DomainID, in db: Database) throws -> [UInt8] {
        _ = try directory.known(domain, in: db)
        let table =
            switch kind {
            case .users: try users(of: domain, in: db)
            case .numbers: try numbers(of: domain, in: db)
            case .contacts: try contacts(of: domain, in: db)
            }
        let lines = table.map { $0.map(CSVCell.field).joined(separator: ",") + "\r\n" }
        return Array(("\u{FEFF}" + lines.joined()).utf8)
    }

    private func users(of domain: DomainID, in db: Database) throws -> [[String]] {
        let all = try everything { try directory.users(of: domain, includingDisabled: true, $0, in: db) }
        return [["extension", "name", "email", "scope"]]
            + all.map { [$0.extension, $0.fullName, $0.email ?? "", $0.scope.rawValue] }
    }

    private func numbers(of domain: DomainID, in db: Database) throws -> [[String]] {
        let all = try everything { try numbers.numbers(of: domain, $0, in: db) }
        let rows = all.map { entry in
            [
                entry.number.e164, entry.record.label, entry.record.carrier?.rawValue ?? "",
                entry.users.map(\.extension).joined(separator: " "), Self.word(entry.sms),
            ]
        }
        return [["number", "label", "carrier", "users", "sms"]] + rows
    }

    /// What a PBX adapter says isn't ours to write down.
    private static func word(_ source: NumberEntry.Source?) -> String {
        switch source {
        case nil: "off"
        case .switch: "on"
        case .phoneSystem: ""
        }
    }

    private func contacts(of domain: DomainID, in db: Database) throws -> [[String]] {
        let all = try everything { try contacts.shared(of: domain, $0, in: db) }
        let numberColumns = Self.columns(all.map { $0.numbers.map(\.label) })
        let emailColumns = Self.columns(all.map { $0.emails.map(\.label) })
        let head =
            ["name", "company", "notes"] + numberColumns.map { "number:\($0)" } + emailColumns.map { "email:\($0)" }
        let rows = all.map { contact in
            [contact.name, contact.company, contact.notes] + Self.placed(contact.numbers, in: numberColumns)
                + Self.placed(contact.emails, in: emailColumns)
        }
        return [head] + rows
    }

    /// Each label as often as one contact has it: a column of that name each time.
    private static func columns(_ labels: [[String]]) -> [String] {
        var most: [String: Int] = [:]
        for ofOne in labels {
            for (label, times) in Dictionary(grouping: ofOne, by: \.self).mapValues(\.count) {
                most[label] = max(most[label] ?? 0, times)
            }
        }
        return most.sorted { $0.key < $1.key }.flatMap { Array(repeating: $0.key, count: $0.value) }
    }

    private static func placed(_ endpoints: [ContactCard.Endpoint], in columns: [String]) -> [String] {
        var left = endpoints
        return columns.map { label in
            guard let place = left.firstIndex(where: { $0.label == label }) else { return "" }
            return left.remove(at: place).value
        }
    }

    private func everything<Item>(_ page: (PageRequest) throws -> Page<Item>) throws -> [Item] {
        var items: [Item] = []
        var cursor: String?
        repeat {
            let part = try page(try PageRequest(limit: 200, cursor: cursor))
            items += part.items
            cursor = part.next
        } while cursor != nil
        return items
    }
}
