import Foundation
import PatchbaySDK

/// Reads comma-separated values (RFC 4180), and knows the line of every record.
///
/// Also takes semicolons or tabs, as spreadsheets of some countries write them; the header says which.
struct CSVReader {
    /// A record and the line, from 1, that it begins on.
    struct Record: Equatable {
        let line: Int
        let fields: [String]
    }

    private let scalars: [Unicode.Scalar]
    private let separator: Unicode.Scalar
    private var at = 0
    private var line = 1

    /// - Throws: `PortalError.invalid` (`import.not-utf8`).
    init(_ bytes: [UInt8]) throws(PortalError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PortalError(.invalid, id: "import.not-utf8", "The file isn't UTF-8. Save it as “CSV UTF-8”.")
        }
        scalars = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
        let header = scalars.prefix { $0 != "\n" && $0 != "\r" }
        separator = header.first { $0 == "," || $0 == ";" || $0 == "\t" } ?? ","
    }

    /// The next record that isn't empty; `nil` at the end.
    ///
    /// - Throws: `ImportFault` where the quotes are wrong; nothing after it can be read.
    mutating func next() throws(ImportFault) -> Record? {
        while at < scalars.count {
            let start = line
            var fields = [try field()]
            while at < scalars.count, scalars[at] == separator {
                at += 1
                fields.append(try field())
            }
            endLine()
            if fields != [""] { return Record(line: start, fields: fields) }
        }
        return nil
    }

    private mutating func field() throws(ImportFault) -> String {
        guard at < scalars.count, scalars[at] == "\"" else { return try plainField() }
        let start = line
        var text = String.UnicodeScalarView()
        at += 1
        while at < scalars.count {
            let scalar = scalars[at]
            at += 1
            if scalar == "\"" {
                guard at < scalars.count, scalars[at] == "\"" else {
                    try requireEndOfField()
                    return String(text)
                }
                at += 1
            }
            if scalar == "\n" { line += 1 }
            text.append(scalar)
        }
        throw ImportFault(line: start, reason: "A quote is opened here and never closed.")
    }

    private mutating func plainField() throws(ImportFault) -> String {
        let start = at
        while at < scalars.count, !isEnd(scalars[at]) {
            guard scalars[at] != "\"" else {
                throw ImportFault(line: line, reason: "A quote stands inside a field. Put the whole field in quotes.")
            }
            at += 1
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<at])
        return String(text)
    }

    private func requireEndOfField() throws(ImportFault) {
        guard at == scalars.count || isEnd(scalars[at]) else {
            throw ImportFault(line: line, reason: "There is text after a closing quote.")
        }
    }

    private func isEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == separator || scalar == "\n" || scalar == "\r" }

    private mutating func endLine() {
        if at < scalars.count, scalars[at] == "\r" { at += 1 }
        if at < scalars.count, scalars[at] == "\n" { at += 1 }
        line += 1
    }
}
