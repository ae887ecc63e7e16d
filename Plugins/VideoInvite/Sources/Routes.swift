import Foundation
import PatchbaySDK

extension Permission {
    /// May start and join video sessions.
    static let videoUse = Permission(rawValue: "video.use")
}

extension VideoInvitePlugin {
    @RouteBuilder var sessionRoutes: [Route] {
        Route.get("sessions", requires: .videoUse, list)
        Route.post("sessions", requires: .videoUse, start)
        Route.get("sessions/:session", requires: .videoUse, show)
        Route.post("sessions/:session/join", requires: .videoUse, join)
        Route.post("sessions/:session/decline", requires: .videoUse, decline)
        Route.post("sessions/:session/leave", requires: .videoUse, leave)
        Route.post("sessions/:session/here", requires: .videoUse, stay)
        Route.post("sessions/:session/signals", requires: .videoUse, relay)
    }

    private static let startBody = Schema([
        "type": "object", "required": ["conversationId", "peer"], "additionalProperties": false,
        "properties": [
            "conversationId": ["type": "string", "minLength": 1, "maxLength": 64], "peer": Signal.peerSchema,
        ],
    ])

    private static let peerBody = Schema([
        "type": "object", "required": ["peer"], "additionalProperties": false,
        "properties": ["peer": Signal.peerSchema],
    ])

    static let signalBody = Schema([
        "type": "object", "required": ["from", "to", "data"], "additionalProperties": false,
        "properties": ["from": Signal.peerSchema, "to": Signal.peerSchema, "data": ["type": "object"]],
    ])

    @Sendable private func list(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let items = try await context.store.read { [self] db -> [JSON] in
            guard let id = request.query["conversationId"] else {
                return try VideoSession.ringing(for: caller, in: db).map { try json($0, in: db) }
            }
            let chat = try chat(ConversationID(rawValue: id), for: caller, in: db)
            let underWay = request.query["open"] == "true" ? " AND endedAt IS NULL" : ""
            return try VideoSession.fetchAll(
                "domainId = ? AND conversationId = ?" + underWay, [chat.domain, chat.id], in: db
            ).map { try json($0, in: db) }
        }
        return .json(["items": .array(items)])
    }

    @Sendable private func start(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let body = try request.json(Self.startBody)
        let id = ConversationID(rawValue: body["conversationId"]?.string ?? "")
        let peer = body["peer"]?.string ?? ""
        let (answer, isNew, session) = try await context.store.write { [self] db in
            let chat = try chat(id, for: caller, in: db)
            let (session, isNew) = try sessions.start(in: chat, by: caller.user, at: peer, in: db)
            if isNew {
                try tell(of: session, in: chat, by: caller, in: db)
                try sessions.ring(session, in: db)
            }
            let joined = try sessions.join(session, person: caller.user.rawValue, peer: peer, in: db)
            ringing.wake(after: db)
            return (try entry(joined, for: caller.user.rawValue, in: db), isNew, joined)
        }
        wakeGuests(of: session)
        return .json(answer, status: isNew ? 201 : 200)
    }

    /// The invitation stands in the conversation, so it counts as unread and who was away finds it.
    private func tell(of session: VideoSession, in chat: Conversation, by caller: Caller, in db: Database) throws {
        let text = try context.settings.string("invitationText")
        _ = try context.conversations.send(
            Draft(conversation: chat, author: .user(caller.user), text: text, clientID: "video-\(session.id)"), in: db)
    }

    @Sendable private func show(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        return .json(
            try await context.store.read { [self] db in
                try json(try self.session(of: request, for: caller, in: db), in: db)
            })
    }

    @Sendable private func join(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let peer = try request.json(Self.peerBody)["peer"]?.string ?? ""
        return try await change(request) { [self] session, db in
            let joined = try sessions.join(session, person: caller.user.rawValue, peer: peer, in: db)
            return (.json(try entry(joined, for: caller.user.rawValue, in: db)), joined)
        }
    }

    @Sendable private func decline(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        return try await change(request) { [self] session, db in
            (.done, try sessions.decline(session, person: caller.user.rawValue, in: db))
        }
    }

    @Sendable private func leave(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let peer = try request.json(Self.peerBody)["peer"]?.string ?? ""
        return try await change(request) { [self] session, db in
            guard session.person(atPeer: peer)?.id == caller.user.rawValue else { return (.done, session) }
            return (.done, try sessions.leave(session, peer: peer, in: db))
        }
    }

    @Sendable private func stay(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let peer = try request.json(Self.peerBody)["peer"]?.string ?? ""
        try await context.store.write { [self] db -> Void in
            let session = try self.session(of: request, for: caller, in: db)
            try requireIn(session, peer: peer, person: caller.user.rawValue)
            try sessions.hear(of: peer, in: session, db: db)
        }
        return .done
    }

    @Sendable private func relay(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let signal = try Signal(try request.json(Self.signalBody))
        let session = try await context.store.read { [self] db -> VideoSession in
            try self.session(of: request, for: caller, in: db)
        }
        try requireIn(session, peer: signal.from, person: caller.user.rawValue)
        pass(on: signal, in: session)
        return .done
    }

    /// Does a step of the session that the request names, and tells the guests of it.
    private func change(
        _ request: PluginRequest,
        _ step: @escaping @Sendable (VideoSession, Database) throws -> (PluginResponse, VideoSession)
    ) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let (answer, session) = try await context.store.write { [self] db -> (PluginResponse, VideoSession) in
            let changed = try step(try self.session(of: request, for: caller, in: db), db)
            ringing.wake(after: db)
            return changed
        }
        wakeGuests(of: session)
        return answer
    }
}
