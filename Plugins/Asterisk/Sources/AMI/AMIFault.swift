import PatchbaySDK

/// Why the other side can't be understood. The connection is of no use any more.
enum AMIFault: Error, Equatable {
    /// The first line isn't the greeting of an Asterisk; its beginning.
    case notAsterisk(String)
    /// The manager interface is older than 2.0, which came with Asterisk 12.
    case tooOld(String)
    case lineTooLong
    case messageTooLong
    case tooManyLines
    /// A message that begins with neither a response nor an event.
    case malformed

    /// The most bytes of a line, without its end.
    static let longestLine = 8 * 1024
    /// The most bytes of a message.
    static let longestMessage = 64 * 1024
    /// The most lines of a message. `ListCommands`, the longest of those that are asked for, has about 200.
    static let mostLines = 1024
    /// The most bytes of the greeting.
    static let longestGreeting = 128

    /// What is wrong, for the administrator.
    var sentence: String {
        switch self {
        case .notAsterisk(let beginning):
            "What listens there isn't Asterisk's manager interface: it says \"\(beginning)\". Check host and port."
        case .tooOld(let version):
            "Asterisk's manager interface is version \(version); Asterisk 13 or newer is needed (2.0 and up)."
        case .lineTooLong: "The phone system sends a line of more than \(Self.longestLine) bytes."
        case .messageTooLong: "The phone system sends a message of more than \(Self.longestMessage) bytes."
        case .tooManyLines: "The phone system sends a message of more than \(Self.mostLines) lines."
        case .malformed: "The phone system sends something that isn't the manager interface's language."
        }
    }

    /// The fault as the host shows it.
    var error: PortalError { PortalError(.unavailable(retryAfter: .seconds(5)), id: "asterisk.garbage", sentence) }
}
