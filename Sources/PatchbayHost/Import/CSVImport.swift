import Foundation
import PatchbaySDK

/// Imports users, numbers and contacts: all of a file, or nothing and a list of what is wrong with it.
public struct CSVImport: Sendable {
    private let store: any Store
    private let directory: DirectoryStore
    private let numbers: NumberStore
    private let contacts: ContactBook
    private static let mostFaults = 100

    /// Makes an import that stores what it reads through these.
    public init(store: any Store, directory: DirectoryStore, numbers: NumberStore, contacts: ContactBook) {
        self.store = store
        self.directory = directory
        self.numbers = numbers
        self.contacts = contacts
    }

    /// Imports `csv` into `domain`, in one transaction.
    ///
    /// - Parameters:
    ///   - caller: Who asks: nobody gets more rights from it than the caller has. `nil` for the operator at the console.
    ///   - isDryRun: Says what would happen and stores nothing.
    /// - Throws: `PortalError` `directory.domain-unknown`, `import.not-utf8`, `import.too-many-lines`. What is wrong with
    ///   single lines is in the report.
    public func run(
        _ kind: ImportKind, csv: [UInt8], into domain: DomainID, by caller: Caller?, isDryRun: Bool
    ) async throws -> ImportReport {
        let table = try Self.table(csv, kind)
        do {
            return try await store.write { db in
                _ = try directory.known(domain, in: db)
                let report = try apply(table, kind, to: domain, by: caller, in: db)
                // Throwing is what takes everything back.
                guard report.faults.isEmpty, !isDryRun else { throw NothingKept(report: report) }
                return report
            }
        } catch let nothing as NothingKept {
            return nothing.report
        }
    }

    private struct NothingKept: Error {
        let report: ImportReport
    }

    private static func table(_ csv: [UInt8], _ kind: ImportKind) throws(PortalError) -> CSVTable {
        switch kind {
        case .users:
            try CSVTable(csv, required: ["extension", "name"], optional: ["email", "scope"])
        case .numbers:
            try CSVTable(csv, required: ["number", "label"], optional: ["carrier", "users", "sms"])
        case .contacts:
            try CSVTable(
                csv, required: ["name"], optional: ["company", "notes", "owner"], labelled: ["number", "email"])
        }
    }

    private func apply(
        _ table: CSVTable, _ kind: ImportKind, to domain: DomainID, by caller: Caller?, in db: Database
    ) throws -> ImportReport {
        var faults = table.faults
        var skipped = 0
        for line in table.lines {
            do {
                switch kind {
                case .users: try addUser(line, to: domain, by: caller, in: db)
                case .numbers: try addNumber(line, to: domain, in: db)
                case .contacts: if try !addContact(line, to: domain, in: db) { skipped += 1 }
                }
            } catch let error as PortalError where error.status < 500 {
                faults.append(ImportFault(line: line.number, reason: error.message))
            }
        }
        let inOrder = faults.sorted { $0.line < $1.line }.prefix(Self.mostFaults)
        guard faults.isEmpty else { return ImportReport(imported: 0, faults: Array(inOrder)) }
        return ImportReport(imported: table.lines.count - skipped, skipped: skipped, faults: [])
    }

    private func addUser(
        _ line: CSVTable.Line, to domain: DomainID, by caller: Caller?, in db: Database
    ) throws {
        let name = line["scope"].isEmpty ? Scope.basicUser.rawValue : line["scope"].lowercased()
        guard let scope = Scope(rawValue: name) else {
            let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
            throw PortalError(
                .invalid, id: "directory.scope-unknown", "There is no scope “\(name)”. There are \(known).")
        }
        if let caller { try directory.requireMayGrant(scope, by: caller) }
        let user = NewUser(
            extension: line["extension"], fullName: line["name"], email: line["email"], scope: scope, passwordHash: nil)
        try directory.addUser(user, to: domain, in: db)
    }

    private func addNumber(_ line: CSVTable.Line, to domain: DomainID, in db: Database) throws {
        let carrier = line["carrier"].isEmpty ? nil : PluginID(rawValue: line["carrier"])
        let entry = try numbers.add(typed: line["number"], to: domain, label: line["label"], carrier: carrier, in: db)
        for word in line["users"].split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" }) {
            try numbers.assign(entry.number, to: try user(String(word), of: domain, in: db), of: domain, in: db)
        }
        guard let isOn = try Self.isOn(line["sms"]) else { return }
        let sms = PluginID(rawValue: NumberFeature.sms.rawValue)
        try Gates.setSwitch(sms, .number, subject: entry.number.e164, isOn: isOn, in: db)
    }

    private static func isOn(_ field: String) throws(PortalError) -> Bool? {
        switch field.lowercased() {
        case "": nil
        case "on": true
        case "off": false
        default: throw PortalError(.invalid, id: "import.not-on-or-off", "The column “sms” takes on or off.")
        }
    }

    /// - Returns: `false` for one that is in the book already: an import whose answer was lost is begun again.
    private func addContact(_ line: CSVTable.Line, to domain: DomainID, in db: Database) throws -> Bool {
        let owner = line["owner"].isEmpty ? nil : try user(line["owner"], of: domain, in: db)
        let draft = ContactDraft(
            name: line["name"], company: line["company"], notes: line["notes"], isShared: owner == nil,
            numbers: Self.endpoints("number", line), emails: Self.endpoints("email", line))
        guard try !contacts.holds(draft, in: domain, owner: owner, in: db) else { return false }
        try contacts.add(draft, to: domain, owner: owner, in: db)
        return true
    }

    private static func endpoints(_ kind: String, _ line: CSVTable.Line) -> [ContactCard.Endpoint] {
        line.fields.filter { $0.column.hasPrefix(kind + ":") && !$0.text.isEmpty }
            .map { ContactCard.Endpoint(label: String($0.column.dropFirst(kind.count + 1)), value: $0.text) }
    }

    private func user(_ number: String, of domain: DomainID, in db: Database) throws -> UserID {
        let found = try directory.user(login: "\(number)@\(domain)", in: db)
        guard let found, found.domain == domain else {
            throw PortalError(
                .invalid, id: "import.extension-unknown", "\(domain) has no user with extension \(number).")
        }
        return found.id
    }
}
