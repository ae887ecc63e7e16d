import PatchbaySDK

extension Event {
    /// Somebody was invited, came, declined or left. The body has ids only: browsers ask for the rest.
    static func sessionChanged(_ session: VideoSession, to members: [UserID]) -> Event {
        Event(
            "video.session.changed", in: session.domain, to: .users(members),
            ["sessionId": .string(session.id), "conversationId": .string(session.conversation.rawValue)])
    }

    /// A description or candidate of WebRTC on its way from one window to another of `user`.
    static func signal(_ signal: Signal, in session: VideoSession, to user: UserID) -> Event {
        Event("video.signal", in: session.domain, to: .users([user]), signal.json(in: session.id))
    }
}
