import Foundation
import PatchbaySDK

/// A meeting in a chat, from its first ring to when the last one has left.
struct VideoSession: Sendable, Equatable {
    let id: String
    let domain: DomainID
    let conversation: ConversationID
    let startedBy: UserID
    let startedAt: Date
    /// Those who have not answered by then have missed it.
    let ringsUntil: Date
    let endedAt: Date?
    let people: [Person]

    /// Somebody who was asked, or came by a link.
    struct Person: Sendable, Equatable {
        /// A user's id, or a guest's.
        let id: String
        let guestName: String?
        let state: State
        /// The window that takes part, while it does.
        let peer: String?

        var user: UserID? { guestName == nil ? UserID(rawValue: id) : nil }
    }

    /// What became of somebody's invitation.
    enum State: String, Sendable {
        case invited, joined, declined, missed, left
    }

    /// More would be more streams than a home connection sends: each window sends to every other.
    static let mostPeople = 4

    var isOpen: Bool { endedAt == nil }
    var joined: [Person] { people.filter { $0.state == .joined } }

    func person(_ id: String) -> Person? { people.first { $0.id == id } }
    func person(atPeer peer: String) -> Person? { people.first { $0.state == .joined && $0.peer == peer } }

    /// The window in which `user` waits for nobody: no one else is in the session, and no one is being asked.
    func lonelyWindow(of user: UserID) -> String? {
        guard joined.map(\.user) == [user], !people.contains(where: { $0.state == .invited }) else { return nil }
        return joined.first?.peer
    }

    /// - Parameter names: The names of users; guests bring their own.
    func json(names: [UserID: String]) -> JSON {
        [
            "id": .string(id), "conversationId": .string(conversation.rawValue),
            "startedBy": .string(startedBy.rawValue), "startedAt": .string(startedAt.rfc3339),
            "ringsUntil": .string(ringsUntil.rfc3339), "endedAt": JSON(endedAt?.rfc3339),
            "people": .array(people.map { $0.json(names: names) }),
        ]
    }
}

extension VideoSession.Person {
    fileprivate func json(names: [UserID: String]) -> JSON {
        [
            "id": .string(id), "name": .string(guestName ?? user.flatMap { names[$0] } ?? id),
            "isGuest": .bool(guestName != nil), "state": .string(state.rawValue), "peer": JSON(peer),
        ]
    }
}

extension VideoSession {
    /// The session with its people.
    static func fetch(_ id: String, of domain: DomainID, in db: Database) throws -> VideoSession? {
        try fetchAll("domainId = ? AND id = ?", [domain, id], in: db).first
    }

    /// The one that is under way in a conversation.
    static func open(
        in conversation: ConversationID, of domain: DomainID, in db: Database
    ) throws -> VideoSession? {
        try fetchAll("domainId = ? AND conversationId = ? AND endedAt IS NULL", [domain, conversation], in: db).first
    }

    /// The one that a window is in as `person`.
    static func joined(by person: String, at peer: String, in db: Database) throws -> VideoSession? {
        try fetchAll(
            """
            endedAt IS NULL AND id IN (
                SELECT sessionId FROM videoPerson WHERE state = 'joined' AND person = ? AND peer = ?)
            """, [person, peer], in: db
        ).first
    }

    /// Those that ring for `caller` now.
    static func ringing(for caller: Caller, in db: Database) throws -> [VideoSession] {
        try fetchAll(
            """
            domainId = ? AND endedAt IS NULL
                AND id IN (SELECT sessionId FROM videoPerson WHERE person = ? AND state = 'invited')
            """, [caller.domain, caller.user], in: db)
    }

    /// - Parameter condition: SQL on the columns of `videoSession`.
    static func fetchAll(
        _ condition: String, _ arguments: StatementArguments, in db: Database
    ) throws -> [VideoSession] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM videoSession WHERE \(condition) ORDER BY startedAt DESC, id DESC LIMIT 50")
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            VideoSession(
                id: row["id"], domain: row["domainId"], conversation: row["conversationId"],
                startedBy: row["startedBy"], startedAt: Date(milliseconds: row["startedAt"]),
                ringsUntil: Date(milliseconds: row["ringsUntilAt"]),
                endedAt: (row["endedAt"] as Int?).map { Date(milliseconds: $0) },
                people: try people(of: row["id"], in: db))
        }
    }

    private static func people(of session: String, in db: Database) throws -> [Person] {
        let statement = try db.cachedStatement(
            sql: "SELECT person, guestName, state, peer FROM videoPerson WHERE sessionId = ? ORDER BY person")
        return try Row.fetchAll(statement, arguments: [session]).map { row in
            Person(
                id: row["person"], guestName: row["guestName"], state: State(rawValue: row["state"]) ?? .left,
                peer: row["peer"])
        }
    }
}
