import PatchbaySDK

/// What may be said in a room, and by whom.
enum Room {
    /// The most people in one conversation.
    static let mostMembers = 100

    /// The longest text, in Unicode scalars: what JSON Schema counts, so that the API's document tells the truth.
    static let longestText = 4_000

    /// Decides on `draft`. An empty text passes, for the composer asks with one; `refuseEmpty` catches it later.
    static func decision(on draft: Draft, members: [UserID]) -> SendDecision {
        if case .user(let author) = draft.author, !members.contains(author) {
            return .refuse(.notFound("conversation"))
        }
        if members.count > mostMembers {
            return .refuse(
                PortalError(
                    .conflict, id: "chat.room-full",
                    "This conversation has \(members.count) people; \(mostMembers) can chat at most. Start a smaller one."
                ))
        }
        if draft.text.unicodeScalars.count > longestText {
            return .refuse(
                PortalError(
                    .invalid, id: "chat.text-too-long",
                    "A chat message holds \(longestText) characters at most. Send it in parts, or as a file.",
                    details: ["maximum": String(longestText)]))
        }
        return .allow
    }

    /// - Throws: `PortalError.invalid` (`chat.text-empty`) for a message that says nothing.
    static func refuseEmpty(_ message: Message) throws(PortalError) {
        guard message.attachments.isEmpty, message.text.allSatisfy(\.isWhitespace) else { return }
        throw PortalError(.invalid, id: "chat.text-empty", "Type a message, or attach a file.")
    }
}
