import Foundation
import PatchbaySDK

/// What a digest says, ready to be written as text and as a page: names and counts, and texts only where they may stand.
struct Letter: Sendable {
    /// One conversation of it.
    struct Part: Sendable, Equatable {
        let title: String
        let count: String
        /// Of the newest messages; empty where texts don't stand in e-mails.
        let texts: [String]
        let url: String
    }

    /// The most conversations that are named.
    static let mostParts = 20
    /// The most texts of one conversation.
    static let mostTexts = 3
    private static let longestText = 280
    private static let longestTitle = 80

    let words: Words.Mail
    let language: Language
    let subject: String
    let hello: String
    let waiting: String
    let parts: [Part]
    let more: String?
    let stopURL: String

    /// - Parameters:
    ///   - showsTexts: Whether texts may stand in it.
    ///   - names: The authors' names, for groups.
    ///   - url: The link to a conversation.
    init(
        to reader: Reader, of domain: DomainRecord, in language: Language, _ conversations: [UnreadConversation],
        showsTexts: Bool, names: [UserID: String], url: (ConversationID) -> String, stopURL: String
    ) {
        let words = language.words.mail
        let zone = TimeZone(identifier: domain.timeZone) ?? .gmt
        self.words = words
        self.language = language
        self.stopURL = stopURL
        hello = words.hello(HeaderText.onOneLine(reader.fullName))
        waiting = words.waiting(HeaderText.onOneLine(domain.name))
        parts = conversations.prefix(Self.mostParts).map { unread in
            let since = unread.messages.first.map { language.moment($0.createdAt, in: zone, domain.region) } ?? ""
            let texts = showsTexts ? unread.messages.suffix(Self.mostTexts) : []
            return Part(
                title: Self.title(unread), count: words.count(Self.count(unread.messages.count), since),
                texts: texts.map { Self.text(of: $0, in: unread.conversation, names, words) },
                url: url(unread.conversation.id))
        }
        let rest = conversations.count - parts.count
        more = rest > 0 ? words.more(rest) : nil
        let messages = conversations.reduce(0) { $0 + $1.messages.count }
        subject =
            conversations.count == 1
            ? words.subjectOfOne(messages, conversations.first.map(Self.title) ?? "")
            : words.subject(messages, conversations.count)
    }

    /// The e-mail as plain text.
    var text: String {
        var lines = [hello, "", waiting, ""]
        for part in parts {
            lines += ["* \(part.title)", "  \(part.count)"]
            lines += part.texts.map { "  > \($0)" }
            lines += ["  \(words.open): \(part.url)", ""]
        }
        if let more { lines += [more, ""] }
        lines += ["-- ", words.why, "\(words.stop): \(stopURL)", ""]
        return lines.joined(separator: "\n")
    }

    /// The e-mail as a page. Styles stand at the elements, where mail programs keep them.
    var html: String {
        let say = HTMLText.escaped
        var lines = [
            "<!doctype html>", "<html lang=\"\(language.rawValue)\">", "<head>", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width\">",
            "<meta name=\"color-scheme\" content=\"light dark\">", "<title>\(say(subject))</title>", "</head>",
            "<body style=\"margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif\">",
            "<div style=\"max-width:560px;margin:0 auto\">", "<p>\(say(hello))</p>", "<p>\(say(waiting))</p>",
        ]
        for part in parts {
            lines += [
                "<div style=\"margin:16px 0;padding:16px;border:1px solid #9aa3b5;border-radius:10px\">",
                "<p style=\"margin:0;font-weight:600\"><bdi>\(say(part.title))</bdi></p>",
                "<p style=\"margin:0 0 12px;font-size:14px\">\(say(part.count))</p>",
            ]
            lines += part.texts.map { text in
                "<p style=\"margin:0 0 8px;padding-left:12px;border-left:3px solid #9aa3b5\"><bdi>\(say(text))</bdi></p>"
            }
            lines += [
                "<a href=\"\(say(part.url))\" style=\"display:inline-block;margin-top:4px;padding:8px 16px;"
                    + "border-radius:8px;background:#2c5fd6;color:#fff;text-decoration:none;font-weight:600\">"
                    + "\(say(words.open))</a>",
                "</div>",
            ]
        }
        if let more { lines.append("<p>\(say(more))</p>") }
        lines += [
            "<p style=\"margin-top:24px;font-size:13px\">\(say(words.why))<br>",
            "<a href=\"\(say(stopURL))\">\(say(words.stop))</a></p>", "</div>", "</body>", "</html>", "",
        ]
        return lines.joined(separator: "\n")
    }

    private static func count(_ messages: Int) -> String {
        messages >= UnreadConversation.mostMessages ? "\(messages)+" : "\(messages)"
    }

    private static func title(_ unread: UnreadConversation) -> String {
        shortened(HeaderText.onOneLine(unread.title), to: longestTitle)
    }

    private static func text(
        of message: Message, in conversation: Conversation, _ names: [UserID: String], _ words: Words.Mail
    ) -> String {
        let said = shortened(HeaderText.onOneLine(message.text), to: longestText)
        let files = message.attachments.map { _ in words.file }
        let text = ([said] + files).filter { !$0.isEmpty }.joined(separator: " ")
        guard conversation.kind == .chat, conversation.title != nil, let author = message.author.flatMap({ names[$0] })
        else { return text }
        return "\(HeaderText.onOneLine(author)): \(text)"
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        text.count > length ? text.prefix(length - 1) + "…" : text
    }
}
