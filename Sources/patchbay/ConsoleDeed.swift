import Foundation
import PatchbayHost
import PatchbaySDK

/// A command that changes something, as the audit log has it: its words, without the values of its options.
struct ConsoleDeed {
    private let words: [String]
    /// Whose it is, when the command says so by `--domain`.
    private let domain: String?

    init(_ arguments: [String]) {
        var words: [String] = []
        var options: [String: String] = [:]
        var option: String?
        for argument in arguments {
            // Options have names and e-mail addresses; what follows one is its value, or so it is taken.
            if argument.hasPrefix("--") {
                let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
                if parts.count == 2 { options[parts[0]] = parts[1] }
                option = parts.count == 2 ? nil : argument
            } else if let name = option {
                options[name] = argument
                option = nil
            } else {
                words.append(argument)
            }
        }
        self.words = words
        domain = options["--domain"]
    }

    /// What is recorded of it when it changes anything. What a server does from morning to night is not one deed.
    var deed: Deed? {
        guard let first = words.first, first != "serve", first != "demo" else { return nil }
        let command = words.prefix(2).filter { $0.allSatisfy { $0.isLowercase || $0 == "-" } }
        let rest = words.dropFirst(command.count)
        return Deed(
            "console." + command.joined(separator: "-"), of: rest.map(Self.masked).joined(separator: " "),
            among: rest.map { word in word.split(separator: "@").last.map(String.init) ?? word }
                + (domain.map { [$0] } ?? []), fallback: nil,
            by: AuditActor(.console, id: NSUserName()), details: [:], clock: SystemClock())
    }

    private static func masked(_ word: String) -> String {
        let digits = word.filter(\.isNumber)
        guard let at = word.lastIndex(of: "@") else { return digits.count > 6 ? "…" + digits.suffix(3) : word }
        // An extension is no name; an e-mail address may be one, and the log can't be changed when somebody is erased.
        return word[..<at].allSatisfy(\.isNumber) ? word : "…" + word[at...]
    }
}
