import Foundation
import PatchbaySDK

/// An e-mail: a text and an HTML page that say the same, as one MIME message (RFC 5322, 2045, 2046).
struct MailMessage: Sendable {
    let from: Mailbox
    let fromName: String
    let to: Mailbox
    let toName: String
    let subject: String
    let date: Date
    let timeZone: TimeZone
    /// Without its angle brackets; the same at every attempt, so that a mailbox can tell a repetition.
    let id: String
    let language: Language
    /// Where a mail program ends these e-mails with one request (RFC 8058).
    let unsubscribeURL: String?
    let text: String
    let html: String

    /// Whether it takes SMTPUTF8.
    var isInternational: Bool { from.isInternational || to.isInternational }

    /// The whole message with CRLF line ends. ASCII, but for an international address.
    var bytes: [UInt8] {
        let boundary = "=_\(id.prefix(while: { $0 != "@" }))"
        var lines = [
            "Date: \(Self.date(date, in: timeZone))",
            "From: \(HeaderText.mailbox(from, name: fromName))",
            "To: \(HeaderText.mailbox(to, name: toName))",
            "Subject: \(HeaderText.unstructured(subject))",
            "Message-ID: <\(id)>",
        ]
        if let unsubscribeURL {
            lines += [
                // An address of its own line; it may be longer than 78 characters, and is never near 998.
                "List-Unsubscribe:\r\n <\(unsubscribeURL)>",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            ]
        }
        lines += [
            // RFC 3834 §5: nobody's away message answers it.
            "Auto-Submitted: auto-generated",
            "Content-Language: \(language.rawValue)",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative; boundary=\"\(boundary)\"",
            "",
            "--\(boundary)", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            "", QuotedPrintable.encoded(text),
            "--\(boundary)", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            "", QuotedPrintable.encoded(html),
            "--\(boundary)--", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Such as `Sat, 28 Nov 2026 14:05:09 -0800` (RFC 5322 §3.3).
    static func date(_ date: Date, in zone: TimeZone) -> String {
        let offset = zone.secondsFromGMT(for: date) / 60
        let local = date.addingTimeInterval(TimeInterval(offset * 60)).rfc3339
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let dayNumber = Int((date.timeIntervalSince1970 + Double(offset * 60)) / 86_400)
        // 1970-01-01 was a Thursday.
        let day = days[dayNumber % 7]
        let parts = local.split { !$0.isNumber }
        let month = months[(Int(parts[1]) ?? 1) - 1]
        let sign = offset < 0 ? "-" : "+"
        let zoneText = sign + twoDigits(abs(offset) / 60) + twoDigits(abs(offset) % 60)
        return "\(day), \(Int(parts[2]) ?? 1) \(month) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) \(zoneText)"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
