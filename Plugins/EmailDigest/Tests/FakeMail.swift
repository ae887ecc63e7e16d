import Foundation
import PatchbaySDK
import PatchbayTesting
import Synchronization
import Testing

@testable import EmailDigest

/// A mail server of the test's, which behaves as the test says.
final class FakeMail: Sendable {
    struct Ways: Sendable {
        var greeting = "220 mail.acme.example ESMTP"
        var offers = ["STARTTLS", "AUTH PLAIN LOGIN", "8BITMIME"]
        var password = "shh"
        /// Other answers than usual, by the command's first word; `content` for that to the message itself.
        var answers: [String: String] = [:]
        /// Whether it ends the connection with such an answer.
        var hangsUp = false
        /// Called when it has a message, before it says so.
        var onMessage: (@Sendable () -> Void)?
    }

    private struct State {
        var ways = Ways()
        var commands: [String] = []
        var messages: [String] = []
        var openTalks = 0
    }

    private let state = Mutex(State())

    /// Every command that it heard, oldest first.
    var commands: [String] { state.withLock { $0.commands } }
    /// Every message that it took, as it came over the wire.
    var messages: [String] { state.withLock { $0.messages } }
    var isQuiet: Bool { state.withLock { $0.openTalks == 0 } }

    func behave(_ change: @Sendable (inout Ways) -> Void) { state.withLock { change(&$0.ways) } }

    func serve(_ peer: TestPeer) async throws {
        state.withLock { $0.openTalks += 1 }
        defer { state.withLock { $0.openTalks -= 1 } }
        try await peer.say("\(state.withLock { $0.ways.greeting })\r\n")
        while true {
            let line = try await peer.hear(until: "\r\n")
            guard line.hasSuffix("\r\n") else { return }
            state.withLock { $0.commands.append(line.trimmingCharacters(in: .newlines)) }
            let ways = state.withLock { $0.ways }
            let word = line.split { $0 == " " || $0.isNewline }.first.map { $0.uppercased() } ?? ""
            if let answer = ways.answers[word] {
                try await peer.say("\(answer)\r\n")
                if answer.hasPrefix("421") || ways.hangsUp { return }
                continue
            }
            switch word {
            case "EHLO":
                let lines = ["mail.acme.example at your service"] + ways.offers
                let marked = lines.enumerated().map { "250\($0 == lines.count - 1 ? " " : "-")\($1)\r\n" }
                try await peer.say(marked.joined())
            case "STARTTLS": try await peer.say("220 go ahead\r\n")
            case "AUTH": try await signIn(peer, line, ways)
            case "DATA":
                try await peer.say("354 go ahead\r\n")
                let message = try await peer.hear(until: "\r\n.\r\n")
                guard message.hasSuffix("\r\n.\r\n") else { return }
                let answer = state.withLock { $0.ways.answers["content"] } ?? "250 2.0.0 queued as 4711"
                ways.onMessage?()
                if answer.hasPrefix("2") { state.withLock { $0.messages.append(message.trimmingSuffix(".\r\n")) } }
                try await peer.say("\(answer)\r\n")
            case "QUIT":
                try await peer.say("221 bye\r\n")
                return
            default: try await peer.say("250 ok\r\n")
            }
        }
    }

    private func signIn(_ peer: TestPeer, _ line: String, _ ways: Ways) async throws {
        let right = Data("\0portal\0\(ways.password)".utf8).base64EncodedString()
        if line == "AUTH PLAIN \(right)\r\n" { return try await peer.say("235 2.7.0 welcome\r\n") }
        guard line == "AUTH LOGIN\r\n" else { return try await peer.say("535 5.7.8 bad credentials\r\n") }
        var said: [String] = []
        for prompt in ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"] {
            try await peer.say("334 \(prompt)\r\n")
            said.append(try await peer.hear(until: "\r\n").trimmingCharacters(in: .newlines))
        }
        let wanted = ["portal", ways.password].map { Data($0.utf8).base64EncodedString() }
        try await peer.say(said == wanted ? "235 welcome\r\n" : "535 5.7.8 bad credentials\r\n")
    }
}

/// The plugin beside a mail server, with the clock in the test's hand.
final class Desk: Sendable {
    let host: TestHost<EmailDigestPlugin>
    let mail = FakeMail()

    static let settings: [String: JSON] = [
        "url": "smtp://mail.acme.example:587", "username": "portal", "password": "shh", "from": "portal@acme.example",
        "publicURL": "https://portal.acme.example", "timeoutSeconds": 600, "pauseMinutes": 60,
    ]

    init(settings: [String: JSON] = [:]) async throws {
        host = try await TestHost(settings: .object(Self.settings.merging(settings) { $1 }))
        host.network.acceptAlways { [mail] peer in try await mail.serve(peer) }
    }

    /// The clock goes on until it is so, but for the time of a talk: that takes none.
    func until(_ condition: @Sendable () throws -> Bool) async throws {
        try await eventually {
            if try condition() { return true }
            if mail.isQuiet { host.clock.advance(by: .seconds(5)) }
            return false
        }
    }

    /// The plugin runs and has tried the server once.
    func ready() async throws { try await until { mail.commands.contains("QUIT") && mail.isQuiet } }

    func chat(_ people: [TestPerson] = [.alice, .bob], title: String? = nil) throws -> Conversation {
        try host.conversations.makeChat(among: people, title: title)
    }

    /// How the digests stand.
    func states() throws -> [String] {
        try host.store.readNow { db in
            try String.fetchAll(db, sql: "SELECT state FROM emailDigest ORDER BY createdAt, id")
        }
    }

    func messages(to address: String) -> [String] { mail.messages.filter { $0.contains("<\(address)>") } }

    /// A link of the e-mail: the address below `/join/email/`.
    static func link(_ purpose: String, in message: String) throws -> String {
        let text = message.replacing("=\r\n", with: "").replacing("=3D", with: "=")
        let start = try #require(text.firstRange(of: "/join/email/\(purpose)/"))
        let rest = text[start.lowerBound...].dropFirst("/join/email/".count)
        return String(rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "\"" })
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self) : self
    }
}
