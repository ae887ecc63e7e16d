import Foundation
import PatchbaySDK

/// What happens to a session: started, joined, declined, left. Each step tells everybody in the conversation.
struct Sessions: Sendable {
    /// How long an invitation rings, in seconds.
    static let ringingInSeconds: TimeInterval = 60
    /// A window that has not been heard of for so many seconds has left.
    static let silenceInSeconds: TimeInterval = 45

    let context: PluginContext

    /// The conversation's session as it is under way, or a new one to which all the others are invited. A session in
    /// which the user's window `peer` would meet nobody, as after a browser's crash, is over and makes room for one that
    /// rings.
    ///
    /// - Returns: the session and whether it is new.
    func start(
        in conversation: Conversation, by user: UserID, at peer: String, in db: Database
    ) throws -> (session: VideoSession, isNew: Bool) {
        if let open = try VideoSession.open(in: conversation.id, of: conversation.domain, in: db) {
            guard let stale = open.lonelyWindow(of: user), stale != peer else { return (open, false) }
            _ = try leave(open, peer: stale, in: db)
        }
        let now = context.clock.now
        let id = Identifier<VideoSession>(at: now).rawValue
        try db.execute(
            sql: "INSERT INTO videoSession VALUES (?, ?, ?, ?, ?, ?, NULL)",
            arguments: [
                id, conversation.domain, conversation.id, user, now.milliseconds,
                now.addingTimeInterval(Self.ringingInSeconds).milliseconds,
            ])
        for member in try context.conversations.members(of: conversation.id, in: db) {
            try db.execute(
                sql: "INSERT INTO videoPerson VALUES (?, ?, ?, NULL, 'invited', NULL, ?)",
                arguments: [id, conversation.domain, member, now.milliseconds])
        }
        return (try session(id, of: conversation.domain, in: db), true)
    }

    /// Calls those who may have their portal closed.
    func ring(_ session: VideoSession, in db: Database) throws {
        let others = session.people.compactMap(\.user).filter { $0 != session.startedBy }
        try context.summons.ring(
            others, in: session.conversation, by: session.startedBy, until: session.ringsUntil, in: db)
    }

    /// Lets a window in. The same person's earlier window is out then.
    ///
    /// - Throws: `PortalError.conflict` (`video.ended`, `video.full`).
    func join(
        _ session: VideoSession, person: String, guestName: String? = nil, peer: String, in db: Database
    ) throws -> VideoSession {
        guard session.isOpen else {
            throw PortalError(.conflict, id: "video.ended", "This video session has ended. Start a new one.")
        }
        let others = session.joined.filter { $0.id != person }
        guard others.count < VideoSession.mostPeople else {
            throw PortalError(
                .conflict, id: "video.full",
                "\(VideoSession.mostPeople) people are in this video session, which is as many as it holds.")
        }
        guard !others.contains(where: { $0.peer == peer }) else {
            throw PortalError(
                .conflict, id: "video.peer-taken", "That peer id is in use. Make a new one and try again.")
        }
        try db.execute(
            sql: """
                INSERT INTO videoPerson VALUES (?1, ?2, ?3, ?4, 'joined', ?5, ?6)
                ON CONFLICT DO UPDATE SET state = 'joined', peer = ?5, seenAt = ?6, guestName = ?4
                """,
            arguments: [session.id, session.domain, person, guestName, peer, context.clock.now.milliseconds])
        try hush([person], of: session, wasMissed: false, in: db)
        return try told(session, in: db)
    }

    /// Says no to an invitation. Who has answered already has answered.
    func decline(_ session: VideoSession, person: String, in db: Database) throws -> VideoSession {
        guard session.person(person)?.state == .invited else { return session }
        try move(person, of: session, to: .declined, in: db)
        try hush([person], of: session, wasMissed: false, in: db)
        return try told(session, in: db)
    }

    /// Takes a window out; the last one to leave ends the session. A window that is out already changes nothing.
    func leave(_ session: VideoSession, peer: String, in db: Database) throws -> VideoSession {
        guard let person = session.person(atPeer: peer) else { return session }
        try move(person.id, of: session, to: .left, in: db)
        if session.joined.count == 1 { try end(session, in: db) }
        return try told(session, in: db)
    }

    /// Those who still ring have missed it, now that its time is over or nobody is there any more.
    func miss(_ session: VideoSession, in db: Database) throws {
        for person in session.people where person.state == .invited {
            try move(person.id, of: session, to: .missed, in: db)
            try hush([person.id], of: session, wasMissed: true, in: db)
        }
        if session.joined.isEmpty { try end(session, in: db) }
        _ = try told(session, in: db)
    }

    /// The window is still there.
    func hear(of peer: String, in session: VideoSession, db: Database) throws {
        try db.execute(
            sql: "UPDATE videoPerson SET seenAt = ? WHERE sessionId = ? AND peer = ? AND state = 'joined'",
            arguments: [context.clock.now.milliseconds, session.id, peer])
    }

    private func end(_ session: VideoSession, in db: Database) throws {
        let unanswered = try String.fetchAll(
            db, sql: "SELECT person FROM videoPerson WHERE sessionId = ? AND state = 'invited'",
            arguments: [session.id])
        try hush(unanswered, of: session, wasMissed: true, in: db)
        try db.execute(
            sql: "UPDATE videoPerson SET state = 'missed' WHERE sessionId = ? AND state = 'invited'",
            arguments: [session.id])
        try db.execute(
            sql: "UPDATE videoSession SET endedAt = ? WHERE domainId = ? AND id = ? AND endedAt IS NULL",
            arguments: [context.clock.now.milliseconds, session.domain, session.id])
    }

    /// Tells the devices of those whom it rang for until now.
    private func hush(_ people: [String], of session: VideoSession, wasMissed: Bool, in db: Database) throws {
        let called = people.filter { person in
            session.person(person)?.state == .invited && person != session.startedBy.rawValue
        }
        guard !called.isEmpty else { return }
        try context.summons.hush(
            called.map(UserID.init(rawValue:)), in: session.conversation, wasMissed: wasMissed, in: db)
    }

    private func move(
        _ person: String, of session: VideoSession, to state: VideoSession.State, in db: Database
    ) throws {
        try db.execute(
            sql: "UPDATE videoPerson SET state = ?, peer = NULL WHERE sessionId = ? AND person = ?",
            arguments: [state.rawValue, session.id, person])
    }

    private func told(_ session: VideoSession, in db: Database) throws -> VideoSession {
        let members = try context.conversations.members(of: session.conversation, in: db)
        try context.events.publish(.sessionChanged(session, to: members), in: db)
        return try self.session(session.id, of: session.domain, in: db)
    }

    private func session(_ id: String, of domain: DomainID, in db: Database) throws -> VideoSession {
        guard let session = try VideoSession.fetch(id, of: domain, in: db) else {
            throw PortalError.notFound("video session")
        }
        return session
    }
}
