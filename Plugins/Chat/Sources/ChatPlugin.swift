import Foundation
import PatchbaySDK

/// Chat among the users of a domain.
///
/// The host keeps conversations, messages and read marks, so a message to somebody who is offline waits there like any
/// other; what is here are the rules of a room, and “is typing”.
public struct ChatPlugin: Plugin, MessageChannel, SendCheck {
    public static let id = PluginID(rawValue: "chat")

    public let kind = ChannelKind.chat
    let context: PluginContext
    let typing = TypingPace()

    public init(context: PluginContext) { self.context = context }

    /// A chat message has arrived as soon as it is stored: every member's browser reads it from there.
    public func take(
        _ message: Message, of conversation: Conversation, notBefore: Date?, in db: Database
    ) throws -> Taken {
        try Room.refuseEmpty(message)
        return Taken(state: .sent)
    }

    public func check(_ draft: Draft, in db: Database) throws -> SendDecision {
        guard draft.conversation.kind == kind else { return .allow }
        let members = try context.conversations.members(of: draft.conversation.id, in: db)
        return Room.decision(on: draft, members: members)
    }
}

@c(patchbay_chat_stamp) public func stamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
@c(patchbay_chat_plugin) public func doorway() -> UnsafeMutableRawPointer { PluginDoorway.vend(ChatPlugin.self) }
