import Foundation
import PatchbaySDK
import Testing

@testable import EmailDigest

@Suite struct MessageTests {
    private func message(
        subject: String = "Hello", fromName: String = "Acme", toName: String = "Alice",
        to: String = "alice@acme.example",
        text: String = "Hi"
    ) throws -> String {
        let message = MailMessage(
            from: try #require(Mailbox("portal@acme.example")), fromName: fromName, to: try #require(Mailbox(to)),
            toName: toName, subject: subject, date: Date(timeIntervalSince1970: 1_795_341_600),
            timeZone: try #require(TimeZone(identifier: "America/Los_Angeles")), id: "digest-1@acme.example",
            language: .en, unsubscribeURL: "https://portal.acme.example/join/email/stop/token", text: text,
            html: "<p>\(HTMLText.escaped(text))</p>")
        return String(decoding: message.bytes, as: UTF8.self)
    }

    private func header(of message: String) -> [String] {
        let head = message.components(separatedBy: "\r\n\r\n")[0]
        return head.replacing("\r\n ", with: " ").components(separatedBy: "\r\n")
    }

    @Test func aMessageHasWhatItNeeds() throws {
        let header = header(of: try message())

        #expect(header[0] == "Date: Sun, 22 Nov 2026 02:00:00 -0800")
        #expect(header[1] == "From: Acme <portal@acme.example>")
        #expect(header.contains("Message-ID: <digest-1@acme.example>"))
        #expect(header.contains("List-Unsubscribe: <https://portal.acme.example/join/email/stop/token>"))
        #expect(header.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
        #expect(header.contains("Auto-Submitted: auto-generated"))
    }

    @Test(arguments: [
        "Hi\r\nBcc: eve@evil.example", "Hi\nBcc: eve@evil.example", "Hi\rBcc: eve@evil.example",
        "Hi\u{2028}Bcc: eve@evil.example", "Hi\u{85}Bcc: eve@evil.example", "Hi\r\n\r\nbody", "Hi\0\u{B}\u{C}Bcc: x",
    ])
    func nobodyAddsAHeader(_ hostile: String) throws {
        let text = try message(subject: hostile, fromName: hostile, toName: hostile)

        let names = Set(header(of: text).map { $0.prefix { $0 != ":" } })
        #expect(
            names == [
                "Date", "From", "To", "Subject", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post",
                "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type",
            ])
        #expect(text.components(separatedBy: "\r\n\r\n").count == 4)
    }

    @Test(arguments: [
        "Ünlü 漢字 👩‍👩‍👧‍👦", String(repeating: "ä", count: 300), String(repeating: "👍🏽", count: 60), "=?UTF-8?B?x?=",
        "\"<>,;: (a)",
    ])
    func wordsAreEncodedFoldedAndComeBack(_ subject: String) throws {
        let text = try message(subject: subject, fromName: subject)

        for line in text.components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 78)
            #expect(line.utf8.allSatisfy { $0 < 0x80 })
        }
        let line = try #require(header(of: text).first { $0.hasPrefix("Subject: ") })
        let words = line.dropFirst("Subject: ".count).split(separator: " ").map { word in
            let parts = word.split(separator: "?")
            return parts.count == 5 ? Data(base64Encoded: String(parts[3])) ?? Data() : Data("\(word) ".utf8)
        }
        #expect(
            String(decoding: words.reduce(Data(), +), as: UTF8.self).trimmingCharacters(in: .whitespaces) == subject)
    }

    @Test(arguments: [
        "plain", "a=b", "trailing blank ", "tab\t", ".", "From here\n.\nFrom there", "ä ö ü 漢字",
        String(repeating: "x", count: 400), String(repeating: ".", count: 200), "\r\n\n", "",
    ])
    func quotedPrintableComesBack(_ text: String) {
        let encoded = QuotedPrintable.encoded(text)

        for line in encoded.components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 76)
            #expect(line.utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x09 })
            #expect(line.last?.isWhitespace != true)
            #expect(!line.hasPrefix(".") && !line.hasPrefix("From "))
        }
        var bytes: [UInt8] = []
        var rest = Array(encoded.replacing("=\r\n", with: "").utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        #expect(
            String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n") == text.replacing("\r\n", with: "\n"))
    }

    @Test(arguments: [
        ("ann@harbor.example", true), ("a.b+c@x-y.example", true), ("müller@münchen.example", true), ("a@b", true),
        ("", false), ("ann", false), ("@x.example", false), ("ann@", false), ("a b@x.example", false),
        ("a\r\n@x.example", false), ("a@x.example\r\nRCPT TO:<b@x.example>", false), ("a@x.example>", false),
        ("<a@x.example", false), ("a@x..example", false), (".a@x.example", false), ("a..b@x.example", false),
        ("a@-x.example", false), ("\"a b\"@x.example", false), ("a@[127.0.0.1]", false), ("a,b@x.example", false),
        ("a\u{2028}@x.example", false), ("a\u{202E}b@x.example", false), ("a\0@x.example", false),
    ])
    func anAddressIsOneAndNothingElse(_ text: String, _ isOne: Bool) {
        #expect((Mailbox(text) != nil) == isOne)
    }

    @Test func longAddressesAreRefused() {
        #expect(Mailbox("\(String(repeating: "a", count: 65))@x.example") == nil)
        #expect(Mailbox("a@\(String(repeating: "b", count: 64)).example") == nil)
    }

    @Test func datesAreWrittenInTheZone() throws {
        let moments: [(Double, String, String)] = [
            (0, "GMT", "Thu, 1 Jan 1970 00:00:00 +0000"),
            (1_795_341_600, "Asia/Kolkata", "Sun, 22 Nov 2026 15:30:00 +0530"),
            (1_798_761_599, "Europe/Zurich", "Fri, 1 Jan 2027 00:59:59 +0100"),
        ]
        for (seconds, zone, text) in moments {
            let zone = try #require(TimeZone(identifier: zone))
            #expect(MailMessage.date(Date(timeIntervalSince1970: seconds), in: zone) == text)
        }
    }

    @Test func theBestLanguageIsChosen() {
        #expect(Language(acceptLanguage: "nl, fr-CH;q=0.9, en;q=0.8") == .fr)
        #expect(Language(acceptLanguage: "") == .en)
    }
}
