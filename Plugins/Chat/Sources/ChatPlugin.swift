import Foundation
import PatchbaySDK

/// Chat among the users of a domain.
///
/// The host keeps conversations, messages and read marks, so a message to somebody who is offline waits there like any
/// other; what is here are the rules of a room.
public struct ChatPlugin: Plugin, MessageChannel, SendCheck {
    /// The id that manifest.json, gates and routes know chat by.
    public static let id = PluginID(rawValue: "chat")

    /// Carries the conversations among users of one domain.
    public let kind = ChannelKind.chat
    let context: PluginContext

    /// Makes the plugin; it has no settings.
    public init(context: PluginContext) { self.context = context }

    /// A chat message has arrived as soon as it is stored: every member's browser reads it from there.
    public func take(
        _ message: Message, of conversation: Conversation, in db: Database
    ) throws -> Taken {
        try Room.refuseEmpty(message)
        return Taken(state: .sent)
    }

    /// Refuses what a room has no place for: more people than a room holds, a text that is too long, a message with
    /// nothing in it.
    public func check(_ draft: Draft, in db: Database) throws -> SendDecision {
        guard draft.conversation.kind == kind else { return .allow }
        let members = try context.conversations.members(of: draft.conversation.id, in: db)
        return Room.decision(on: draft, members: members)
    }
}

/// Says which SDK and compiler this library was built with; the loader compares it with the host's.
@c(patchbay_chat_stamp) public func stamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_chat_plugin) public func doorway() -> UnsafeMutableRawPointer { PluginDoorway.vend(ChatPlugin.self) }
