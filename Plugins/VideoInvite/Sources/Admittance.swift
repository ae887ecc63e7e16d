import Foundation
import PatchbaySDK

/// Who may do what, and what they are told.
extension VideoInvitePlugin {
    /// The chat `id`, if `caller` is in it.
    ///
    /// - Throws: `PortalError.notFound`; `PortalError.conflict` (`video.chat-only`) for a text conversation: SMS has no
    ///   video.
    func chat(_ id: ConversationID, for caller: Caller, in db: Database) throws -> Conversation {
        guard let conversation = try context.conversations.conversation(id, in: db),
            conversation.domain == caller.domain, try context.conversations.isMember(caller, of: id, in: db)
        else { throw PortalError.notFound("conversation") }
        guard conversation.kind == .chat else {
            throw PortalError(
                .conflict, id: "video.chat-only",
                "Video sessions are for chats with colleagues. Send this person a guest link instead.")
        }
        return conversation
    }

    /// The session that the request names, if `caller` is in its conversation.
    ///
    /// - Throws: `PortalError.notFound`.
    func session(of request: PluginRequest, for caller: Caller, in db: Database) throws -> VideoSession {
        let id = request.parameters["session"] ?? ""
        guard let session = try VideoSession.fetch(id, of: caller.domain, in: db),
            try context.conversations.isMember(caller, of: session.conversation, in: db)
        else { throw PortalError.notFound("video session") }
        return session
    }

    /// - Throws: `PortalError.conflict` (`video.not-in`) unless the window takes part as that person.
    func requireIn(_ session: VideoSession, peer: String, person: String) throws(PortalError) {
        guard session.isOpen, session.person(atPeer: peer)?.id == person else {
            throw PortalError(.conflict, id: "video.not-in", "This window is not in the video session. Join it again.")
        }
    }

    /// Hands a signal to the window it is for; one that has left meanwhile needs it no more.
    func pass(on signal: Signal, in session: VideoSession) {
        guard let person = session.person(atPeer: signal.to) else { return }
        if let user = person.user {
            context.events.signal(.signal(signal, in: session, to: user))
        } else {
            mailboxes.put(signal, in: session.id)
        }
    }

    func wakeGuests(of session: VideoSession) {
        let peers = session.people.filter { $0.guestName != nil }.compactMap(\.peer)
        mailboxes.wake(peers.map { Mailboxes.Address(session: session.id, peer: $0) })
    }

    func json(_ session: VideoSession, in db: Database) throws -> JSON {
        var names: [UserID: String] = [:]
        for user in session.people.compactMap(\.user) {
            names[user] = try context.directory.user(user, of: session.domain, in: db)?.fullName
        }
        return session.json(names: names)
    }

    /// What a window needs to take part.
    func entry(_ session: VideoSession, for person: String, in db: Database) throws -> JSON {
        [
            "session": try json(session, in: db),
            "configuration": servers.configuration(for: person, now: context.clock.now, context.cryptography),
        ]
    }
}
