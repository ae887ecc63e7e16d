import PatchbaySDK

/// What a user's composer offers in a conversation, or why it offers nothing.
public struct Composer: Sendable {
    /// `nil` when a message can be sent.
    public let refusal: PortalError?
    /// The gate that is closed, where the refusal is one's; `claim` where a colleague answers.
    public let closedGate: String?
    /// What a message would wait for now, such as the morning at the recipient's.
    public let hold: Hold?
    /// The numbers to choose from, each as people of the domain write it.
    public let from: [(record: NumberRecord, formatted: String)]

    /// As the API shows it.
    public var json: JSON {
        [
            "isOpen": .bool(refusal == nil),
            "closedGate": JSON(closedGate),
            "id": JSON(refusal?.id),
            "reason": JSON(refusal?.message),
            "hold": hold?.json ?? .null,
            "from": .array(
                from.map {
                    [
                        "number": .string($0.record.number.e164), "label": .string($0.record.label),
                        "formatted": .string($0.formatted),
                    ]
                }),
            "maximum": ["characters": .int(Messaging.mostCharacters), "attachments": .int(Messaging.mostAttachments)],
        ]
    }
}

extension Messaging {
    /// Asks the send gate before the user types: the same checks, the same sentences.
    public func composer(of id: ConversationID, for caller: Caller, in db: Database) throws -> Composer {
        let conversation = try visible(id, to: caller, in: db)
        let draft = Draft(
            conversation: conversation, author: .user(caller.user), text: "",
            from: try defaultFrom(of: conversation, for: caller, in: db))
        var refusal: PortalError?
        var hold: Hold?
        switch try decision(on: draft, in: db) {
        case .allow: break
        case .hold(let longest): hold = longest
        case .refuse(let error): refusal = error
        }
        let plugin = channels.channel(conversation.kind)?.id
        let closed = try plugin.flatMap { try gates.closedGate($0, for: caller, in: db) }
        let region = try String.fetchOne(db, sql: "SELECT region FROM domain WHERE id = ?", arguments: [caller.domain])
        let mine = conversation.kind == .sms ? try numbers.assigned(to: caller.user, with: .sms, in: db) : []
        return Composer(
            refusal: refusal,
            closedGate: closed?.level.rawValue ?? (refusal?.id == Claim.refusalID ? "claim" : nil), hold: hold,
            from: mine.map { ($0, $0.number.formatted(for: region ?? "ZZ")) })
    }
}
