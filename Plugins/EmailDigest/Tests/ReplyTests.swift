import Testing

@testable import EmailDigest

@Suite struct ReplyTests {
    @Test func aReplyOfSeveralLinesComesWhole() throws {
        var reader = SMTPReplyReader()

        #expect(try reader.read(Array("250-mail.acme.example\r\n250-AUTH PL".utf8)) == nil)
        let reply = try reader.read(Array("AIN\r\n250 STARTTLS\r\n".utf8))

        #expect(reply == SMTPReply(code: 250, lines: ["mail.acme.example", "AUTH PLAIN", "STARTTLS"]))
        #expect(reader.isEmpty)
    }

    @Test("byte by byte, with and without a text, with bare line feeds")
    func halfLines() throws {
        var reader = SMTPReplyReader()
        var replies: [SMTPReply] = []

        for byte in "220\r\n354 go\n".utf8 { if let one = try reader.read([byte]) { replies.append(one) } }

        #expect(replies == [SMTPReply(code: 220, lines: [""]), SMTPReply(code: 354, lines: ["go"])])
    }

    @Test func whatComesUnaskedIsNoticed() throws {
        var reader = SMTPReplyReader()

        _ = try reader.read(Array("220 ready\r\n250 injected\r\n".utf8))

        #expect(!reader.isEmpty)
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "\r\n", "25\r\n", "199 no\r\n", "600 no\r\n", "+50 no\r\n", "250_no\r\n",
        "250-one\r\n251 two\r\n", "HTTP/1.1 400 Bad Request\r\n", "\u{16}\u{3}\u{1}\r\n",
    ])
    func garbageIsRefused(_ text: String) {
        var reader = SMTPReplyReader()

        #expect(throws: SMTPFault.self) { _ = try reader.read(Array(text.utf8)) }
    }

    @Test("a line of 10 MB, and an answer without an end: nothing of it is kept")
    func boundsHold() {
        var long = SMTPReplyReader()
        #expect(throws: SMTPFault.lineTooLong) {
            for _ in 0..<160 { _ = try long.read([UInt8](repeating: 0x32, count: 65_536)) }
        }
        #expect(long.bytesKept <= SMTPFault.longestLine)

        var endless = SMTPReplyReader()
        #expect(throws: SMTPFault.tooManyLines) {
            for _ in 0..<1_000_000 { _ = try endless.read(Array("250-more\r\n".utf8)) }
        }
        #expect(endless.bytesKept <= SMTPFault.mostLines * SMTPFault.longestLine)
    }

    @Test func noiseNeverCrashes() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("250 -\r\n\0\u{FF}x".utf8)
        for _ in 0..<300 {
            var reader = SMTPReplyReader()
            for _ in 0..<20 {
                let bytes = (0..<Int.random(in: 0...64, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? 0
                }
                guard (try? reader.read(bytes)) != nil else { break }
            }
        }
    }

    @Test func dotsAreStuffedAndLinesEndInCRLF() {
        let cases: [(String, String)] = [
            ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"), (".", "..\r\n.\r\n"), ("a\n..b", "a\r\n...b\r\n.\r\n"),
            ("", ".\r\n"), ("\n", "\r\n.\r\n"),
        ]

        #expect(cases.map { String(decoding: SMTPSession.stuffed(Array($0.0.utf8)), as: UTF8.self) } == cases.map(\.1))
    }
}
