import Foundation
import PatchbaySDK

/// A CSV file whose header is known to be right.
struct CSVTable {
    /// A line by the names of its columns.
    struct Line {
        let number: Int
        /// The columns and what stands in them, in the header's order. A labelled column may be there several times.
        let fields: [(column: String, text: String)]

        init(_ record: CSVReader.Record, columns: [String]) {
            number = record.line
            fields = zip(columns, record.fields).map { ($0, Self.trimmed($1)) }
        }

        /// The field, without blanks around it; empty when there is no such column.
        subscript(column: String) -> String { fields.first { $0.column == column }?.text ?? "" }

        private static func trimmed(_ text: String) -> String {
            CSVCell.plain(text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    static let mostLines = 20_000

    /// In the header's order; of `number:Mobile`, the part before the colon is in lower case.
    private(set) var columns: [String] = []
    private(set) var lines: [Line] = []
    private(set) var faults: [ImportFault] = []

    /// Reads the whole file.
    ///
    /// - Parameters:
    ///   - required: Columns that have to be there.
    ///   - optional: Columns that may be there.
    ///   - labelled: Columns that may be there any number of times with a label after a colon.
    /// - Throws: `PortalError.invalid` (`import.not-utf8`); `PortalError.tooLarge` (`import.too-many-lines`).
    init(
        _ bytes: [UInt8], required: [String], optional: [String], labelled: [String] = []
    ) throws(PortalError) {
        var reader = try CSVReader(bytes)
        do throws(ImportFault) {
            guard let header = try reader.next() else {
                faults = [ImportFault(line: 1, reason: "The file is empty; its first line must name the columns.")]
                return
            }
            columns = header.fields.map(Self.column)
            faults = Self.faults(of: columns, header.line, required: required, optional: optional, labelled: labelled)
            guard faults.isEmpty else { return }
            while let record = try reader.next(), lines.count <= Self.mostLines { take(record) }
        } catch {
            faults.append(error)
        }
        guard lines.count <= Self.mostLines else {
            throw PortalError(
                .tooLarge, id: "import.too-many-lines",
                "Import at most \(Self.mostLines) lines at a time; split the file.")
        }
    }

    private mutating func take(_ record: CSVReader.Record) {
        guard record.fields.count == columns.count else {
            let reason = "The header names \(columns.count) columns, this line has \(record.fields.count)."
            faults.append(ImportFault(line: record.line, reason: reason))
            return
        }
        lines.append(Line(record, columns: columns))
    }

    private static func column(_ field: String) -> String {
        let name = field.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let colon = name.firstIndex(of: ":") else { return name.lowercased() }
        return name[..<colon].lowercased() + name[colon...]
    }

    private static func faults(
        of columns: [String], _ line: Int, required: [String], optional: [String], labelled: [String]
    ) -> [ImportFault] {
        let plain = required + optional
        var reasons = required.filter { !columns.contains($0) }.map { "The column “\($0)” is missing." }
        var seen: Set<String> = []
        for column in columns {
            let isLabelled = labelled.contains { column.hasPrefix($0 + ":") && column.count > $0.count + 1 }
            if !isLabelled, !seen.insert(column).inserted {
                reasons.append("The column “\(column)” occurs twice.")
            }
            if !plain.contains(column), !isLabelled {
                let known = plain + labelled.map { $0 + ":LABEL" }
                reasons.append("There is no column “\(column)”. Known are \(known.joined(separator: ", ")).")
            }
        }
        return reasons.map { ImportFault(line: line, reason: $0) }
    }
}
