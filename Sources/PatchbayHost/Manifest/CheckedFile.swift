import Foundation
import PatchbaySDK

/// Reads a JSON file that people write, and checks it by its published schema.
struct CheckedFile {
    /// The file's name in sentences: its last two path components, such as `SMS/plugin.json`.
    let name: String
    let json: JSON
    let faults: [Schema.Fault]

    /// The most that is read: 1 MiB. Nobody writes more by hand.
    static let limitInBytes = 1 << 20

    /// - Throws: `Decline` (`file.missing`, `file.too-large`, `file.not-json`) when there is no JSON to check.
    init(at path: String, by schema: Schema) throws(Decline) {
        name = Self.shortName(of: path)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Decline(
                id: "file.missing", "There is no readable file \(name).",
                mend: "Put it at \(path), or correct the path in manifest.json.")
        }
        guard data.count <= Self.limitInBytes else {
            throw Decline(
                id: "file.too-large", "\(name) is larger than 1 MiB.", mend: "Put the right file at \(path).")
        }
        do { json = try JSON(parsing: data) } catch {
            let line = data.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
            throw Decline(
                id: "file.not-json", "\(name) is not valid JSON: \(error.reason), in line \(line).",
                mend: "Correct line \(line) of \(path).")
        }
        faults = schema.faults(in: json)
    }

    /// The decline for a fault that the schema found, naming file and place.
    func decline(for fault: Schema.Fault) -> Decline {
        guard fault.reason.hasPrefix("unknown key") else { return decline(at: fault.place, because: fault.reason) }
        return Decline(
            id: "file.unknown-key", "\(name) has an \(fault.reason) at \(fault.place).",
            mend: "Remove the key at \(fault.place) in \(name), or correct its spelling.")
    }

    /// The decline for what is wrong at a place of the file: a JSON Pointer, empty for the top level.
    func decline(at pointer: String, because reason: String) -> Decline {
        let place = pointer.isEmpty ? "the top level" : pointer
        return Decline(
            id: "file.invalid", "\(name) is not right at \(place): \(reason).", mend: "Correct \(place) in \(name).")
    }

    static func shortName(of path: String) -> String {
        URL(filePath: path).standardizedFileURL.pathComponents.suffix(2).filter { $0 != "/" }.joined(separator: "/")
    }
}
