import Foundation
import PatchbaySDK

/// One talk with a mail server (RFC 5321): a command, its reply, the next command. One task uses it at a time.
actor SMTPSession {
    private let stream: any ByteStream
    private let clock: any PortalClock
    private let patience: Duration
    private var reader = SMTPReplyReader()
    /// What the server offers: keyword in capitals, and its parameters.
    private var offers: [String: [String]] = [:]

    /// - Parameter patience: How long an answer is waited for; ten times as long for the one to a whole message.
    init(stream: any ByteStream, clock: any PortalClock, patience: Duration) {
        self.stream = stream
        self.clock = clock
        self.patience = patience
    }

    /// Hears the greeting and says who we are.
    ///
    /// - Parameter name: Our host's name, or its address in brackets (RFC 5321 §4.1.3).
    func greet(as name: String) async throws {
        try require(await reply(), 220, .greeting)
        try await hello(name)
    }

    /// Goes on by TLS; what was offered in the clear is forgotten and asked anew (RFC 3207 §4.2).
    func startTLS(serverName: String?, authorities: String?, as name: String) async throws {
        guard offers["STARTTLS"] != nil else { throw SMTPRefusal(step: .startTLS, reply: nil) }
        try require(await ask("STARTTLS"), 220, .startTLS)
        // Whoever sits between could have added answers in the clear, to be taken for the server's own.
        guard reader.isEmpty else { throw SMTPFault.notSMTP("more than it was asked for") }
        try await stream.startTLS(serverName: serverName, authorities: authorities, timeout: patience)
        offers = [:]
        try await hello(name)
    }

    /// Signs in by PLAIN (RFC 4616), or LOGIN where there is nothing else (RFC 4954).
    func signIn(_ username: String, _ password: String) async throws {
        let methods = Set((offers["AUTH"] ?? []).map { $0.uppercased() })
        if methods.contains("PLAIN") {
            try require(await ask("AUTH PLAIN \(Self.base64("\0\(username)\0\(password)"))"), 235, .signIn)
        } else if methods.contains("LOGIN") {
            try require(await ask("AUTH LOGIN"), 334, .signIn)
            try require(await ask(Self.base64(username)), 334, .signIn)
            try require(await ask(Self.base64(password)), 235, .signIn)
        } else {
            throw SMTPRefusal(step: .signIn, reply: nil)
        }
    }

    /// Asks whether the sender is welcome, and sends nothing.
    func trySender(_ from: Mailbox) async throws {
        try require(
            await ask("MAIL FROM:<\(from.text)>\(try parameters(isInternational: from.isInternational))"), 250, .sender)
        _ = try await ask("RSET")
    }

    /// Hands one message over.
    ///
    /// - Returns: the server's words for having taken it.
    /// - Throws: `SMTPRefusal`; after one that concerns the message only, the next may be handed over.
    func send(_ message: MailMessage) async throws -> String {
        do {
            let parameters = try parameters(isInternational: message.isInternational)
            try require(await ask("MAIL FROM:<\(message.from.text)>\(parameters)"), 250, .sender)
            let recipient = try await ask("RCPT TO:<\(message.to.text)>")
            guard recipient.code == 250 || recipient.code == 251 else {
                throw SMTPRefusal(step: .recipient, reply: recipient)
            }
            try require(await ask("DATA"), 354, .content)
            try await say(Self.stuffed(message.bytes))
            let taken = try await reply(within: patience * 10)
            try require(taken, 250, .content)
            return taken.words
        } catch let refusal as SMTPRefusal where refusal.concernsMessage {
            // A server that hangs up with its refusal has refused all the same; the next message meets the dead line.
            if refusal.reply != nil { _ = try? await ask("RSET") }
            throw refusal
        }
    }

    /// Says goodbye, without waiting long for what the server has to say to it.
    func end() async {
        // The work is done: whether the goodbye arrives doesn't matter.
        try? await stream.write(Array("QUIT\r\n".utf8))
        _ = try? await reply(within: min(patience, .seconds(2)))
        await stream.close()
    }

    /// Ends the connection without a word.
    func drop() async { await stream.close() }

    // MARK: Words

    private func hello(_ name: String) async throws {
        let answer = try await ask("EHLO \(name)")
        try require(answer, 250, .hello)
        for line in answer.lines.dropFirst() {
            // Some say AUTH=PLAIN, from before RFC 2554.
            let words = line.split { $0 == " " || $0 == "=" }.map(String.init)
            guard let keyword = words.first?.uppercased() else { continue }
            offers[keyword, default: []] += words.dropFirst()
        }
    }

    private func parameters(isInternational: Bool) throws -> String {
        guard isInternational else { return "" }
        guard offers["SMTPUTF8"] != nil, offers["8BITMIME"] != nil else {
            throw SMTPRefusal(step: .recipient, reply: nil)
        }
        return " BODY=8BITMIME SMTPUTF8"
    }

    private func ask(_ command: String) async throws -> SMTPReply {
        guard reader.isEmpty else { throw SMTPFault.notSMTP("more than it was asked for") }
        try await say(Array("\(command)\r\n".utf8))
        return try await reply()
    }

    private func say(_ bytes: [UInt8]) async throws {
        let stream = stream
        try await limited(patience) { try await stream.write(bytes) }
    }

    private func reply(within limit: Duration? = nil) async throws -> SMTPReply {
        try await limited(limit ?? patience) { try await self.nextReply() }
    }

    private func nextReply() async throws -> SMTPReply {
        var bytes: [UInt8] = []
        while true {
            if let reply = try reader.read(bytes) { return reply }
            guard let more = try await stream.read() else { throw SMTPFault.closed }
            bytes = more
        }
    }

    private func require(_ reply: SMTPReply, _ code: Int, _ step: SMTPRefusal.Step) throws {
        guard reply.code == code else { throw SMTPRefusal(step: step, reply: reply) }
    }

    /// Does `work`, or throws `SMTPFault.silent` when it takes longer.
    private func limited<Value: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await work() }
            group.addTask { [clock] in
                try await clock.sleep(for: limit)
                throw SMTPFault.silent
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw SMTPFault.silent }
            return value
        }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// A line that begins with a dot gets another, and the message its end (RFC 5321 §4.5.2). Lines end in CRLF, whatever
    /// they were.
    static func stuffed(_ message: [UInt8]) -> [UInt8] {
        let (dot, feed, carriage) = (UInt8(ascii: "."), UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.count + 64)
        var isLineStart = true
        for (index, byte) in message.enumerated() {
            if isLineStart, byte == dot { bytes.append(dot) }
            if byte == feed, index == 0 || message[index - 1] != carriage { bytes.append(carriage) }
            bytes.append(byte)
            isLineStart = byte == feed
        }
        if !isLineStart { bytes += [carriage, feed] }
        return bytes + [dot, carriage, feed]
    }
}
