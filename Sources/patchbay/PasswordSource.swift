import ArgumentParser
import Foundation
import PatchbayHost

/// Where a command gets a password from: never from its arguments, which other users of the machine can read.
struct PasswordSource: ParsableArguments {
    @Option(help: "A file whose first line is the password; else it is asked for.")
    var passwordFile: String?

    /// A password that may be used.
    func read(for login: String) throws -> String {
        let password = try passwordFile.map(firstLine) ?? ask(for: login)
        try Passwords.requireAcceptable(password)
        return password
    }

    private func firstLine(of file: String) throws -> String {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw PlainError("The password file \(file) can't be read.")
        }
        return String(text.prefix { !$0.isNewline })
    }

    private func ask(for login: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine() else { throw PlainError("A password was expected on standard input.") }
            return line
        }
        let first = try hiddenLine("Password for \(login): ")
        guard try hiddenLine("Again: ") == first else {
            throw PlainError("The two passwords differ. Nothing was changed.")
        }
        return first
    }

    private func hiddenLine(_ prompt: String) throws -> String {
        FileHandle.standardError.write(Data(prompt.utf8))
        var shown = termios()
        tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        guard let line = readLine() else { throw PlainError("No password was typed. Nothing was changed.") }
        return line
    }
}
