/// What the server answers to a command (RFC 5321 §4.2).
struct SMTPReply: Sendable, Equatable {
    /// 200 to 599.
    let code: Int
    /// The texts behind the code, line by line.
    let lines: [String]

    /// 4xx: it may work later.
    var isTransient: Bool { (400..<500).contains(code) }

    /// The server's words with its code, on one line and not too long, for an administrator.
    var words: String {
        let text = "\(code) \(lines.joined(separator: " "))"
        return text.count > 300 ? "\(text.prefix(300))…" : text
    }
}

/// Why the connection is of no use any more.
enum SMTPFault: Error, Equatable {
    /// The first line isn't a mail server's; its beginning.
    case notSMTP(String)
    case lineTooLong
    case tooManyLines
    /// In the middle of an answer, or where one was due.
    case closed
    case silent

    /// The most bytes of a line with its end. RFC 5321 §4.5.3.1.5 has 512; servers with long words exceed it.
    static let longestLine = 2048
    /// The most lines of an answer; that to EHLO, the longest, has some twenty.
    static let mostLines = 128

    /// What is wrong, for the administrator.
    var sentence: String {
        switch self {
        case .notSMTP(let beginning):
            "What listens there isn't a mail server, or it wants TLS at once: it says \"\(beginning)\". Check \"url\": "
                + "smtps:// for port 465, smtp:// for 587 and 25."
        case .lineTooLong: "The mail server sends a line of more than \(Self.longestLine) bytes."
        case .tooManyLines: "The mail server sends an answer of more than \(Self.mostLines) lines."
        case .closed: "The mail server has closed the connection in the middle of the talk."
        case .silent: "The mail server doesn't answer in time."
        }
    }
}
