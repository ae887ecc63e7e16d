import Crypto
import Foundation
import PatchbaySDK

/// A note whose time has come, with the browser it is for.
struct DuePush: Sendable {
    let subscription: PushSubscriptionID
    let conversation: ConversationID
    let revision: Int
    let attempts: Int
    let expiresAt: Date
    let kind: PushNotes.Kind
    let caller: Caller
    /// Whom to send to; `nil` for what can't be sent to any more.
    let target: Target?
    /// What to tell; `nil` when there is nothing to tell any more.
    let notice: PushNotice?

    /// How the push service takes a newer message for an older one (RFC 8030 §5.4): 32 characters that tell nothing.
    var topic: String {
        String(Data(SHA256.hash(data: Data(conversation.rawValue.utf8))).base64URL.prefix(32))
    }

    /// A meeting won't wait (RFC 8030 §5.3).
    var urgency: String { kind == .message ? "normal" : "high" }

    /// The browser's address, and how to encrypt for it.
    struct Target: Sendable {
        let endpoint: PushEndpoint
        let keys: PushKeys
    }

    /// What came of an attempt.
    enum Outcome: Sendable {
        case sent
        /// Nothing to tell any more.
        case settled
        /// The browser isn't there any more.
        case gone
        /// The service will never take this one.
        case refused(status: Int)
        /// The service asks for patience, for so long if it said so.
        case later(Duration?)
        /// The service couldn't be reached.
        case unreachable
    }
}

/// What a browser shows. Words in the reader's language are the browser's.
struct PushNotice: Sendable {
    /// The longest text and name that are pushed, in Unicode scalars: a notification shows no more.
    private static let mostOfText = 280
    private static let mostOfTitle = 100

    let json: JSON

    /// A message; without `text` it says only that there is one.
    static func message(
        _ message: Message, in conversation: Conversation, title: String, hidesText: Bool
    ) -> PushNotice {
        var json: [String: JSON] = [
            "kind": "message", "channel": .string(conversation.kind.rawValue),
            "conversationId": .string(conversation.id.rawValue), "sequence": .int(message.sequence),
            "title": .string(shortened(title, to: mostOfTitle)),
        ]
        if !hidesText { json["text"] = .string(shortened(message.text, to: mostOfText)) }
        return PushNotice(json: .object(json))
    }

    /// A meeting that rings, or doesn't any more.
    static func meeting(_ kind: PushNotes.Kind, in conversation: Conversation, by name: String) -> PushNotice {
        PushNotice(json: [
            "kind": .string(kind.rawValue), "conversationId": .string(conversation.id.rawValue), "sequence": 0,
            "title": .string(shortened(name, to: mostOfTitle)),
        ])
    }

    /// What is encrypted.
    ///
    /// The texts are short, but escapes of control characters make six bytes of one.
    var bytes: Data {
        let whole = Data(json.utf8)
        guard whole.count > PushEncryption.mostBytes, case .object(var members) = json else { return whole }
        members["text"] = ""
        return Data(JSON.object(members).utf8)
    }

    private static func shortened(_ text: String, to most: Int) -> String {
        guard text.unicodeScalars.count > most else { return text }
        var start = String.UnicodeScalarView()
        start.append(contentsOf: text.unicodeScalars.prefix(most - 1))
        return String(start) + "…"
    }
}
