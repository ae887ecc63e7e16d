import Foundation
import PatchbaySDK

/// Guests: their links, made by those in the chat, and what a guest's window asks for. A guest shows the token in the
/// body, never in an address, so that no log holds it.
extension VideoInvitePlugin {
    @RouteBuilder var guestLinkRoutes: [Route] {
        Route.get("conversations/:conversation/guest-links", requires: .videoUse, listLinks)
        Route.post("conversations/:conversation/guest-links", requires: .videoUse, makeLink)
        Route.delete("conversations/:conversation/guest-links/:link", requires: .videoUse, revokeLink)
    }

    @RouteBuilder var guestRoutes: [Route] {
        Route(method: "POST", path: "enter", access: .page, handle: enter)
        Route(method: "POST", path: "news", access: .page, handle: news)
        Route(method: "POST", path: "signals", access: .page, handle: guestSignal)
        Route(method: "POST", path: "leave", access: .page, handle: guestLeaves)
    }

    private static let linkBody = Schema([
        "type": "object", "additionalProperties": false,
        "properties": ["minutes": ["type": "integer", "minimum": 5, "maximum": 10080]],
    ])

    private static let token: JSON = ["type": "string", "pattern": "^[A-Za-z0-9_-]{22}$"]

    /// What a guest's window made up and tells nobody but the server. Everybody in the session knows its name, and many
    /// may have the link.
    private static let key: JSON = ["type": "string", "pattern": "^[A-Za-z0-9_-]{22,64}$"]

    private static let enterBody = Schema([
        "type": "object", "required": ["token", "key", "peer", "name"], "additionalProperties": false,
        "properties": [
            "token": token, "key": key, "peer": Signal.peerSchema,
            "name": ["type": "string", "minLength": 1, "maxLength": 60],
        ],
    ])

    private static let guestBody = Schema([
        "type": "object", "required": ["token", "key", "peer"], "additionalProperties": false,
        "properties": ["token": token, "key": key, "peer": Signal.peerSchema],
    ])

    private static let guestSignalBody = Schema([
        "type": "object", "required": ["token", "key", "from", "signals"], "additionalProperties": false,
        "properties": [
            "token": token, "key": key, "from": Signal.peerSchema,
            "signals": [
                "type": "array", "minItems": 1, "maxItems": 50,
                "items": [
                    "type": "object", "required": ["to", "data"], "additionalProperties": false,
                    "properties": ["to": Signal.peerSchema, "data": ["type": "object"]],
                ],
            ],
        ],
    ])

    /// How long a guest's question waits for news.
    private static let patience = Duration.seconds(20)

    @Sendable private func listLinks(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let items = try await context.store.read { [self] db in
            try links.list(of: try chat(request.id("conversation"), for: caller, in: db), in: db).map(\.json)
        }
        return .json(["items": .array(items)])
    }

    @Sendable private func makeLink(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let minutes = try request.json(Self.linkBody)["minutes"]?.int ?? 60
        let (link, token) = try await context.store.write { [self] db in
            let chat = try chat(request.id("conversation"), for: caller, in: db)
            return try links.make(for: chat, by: caller.user, minutes: minutes, in: db)
        }
        let path = "/plugins/video/guest.html#\(token)"
        return .json(["link": link.json, "path": .string(path)], status: 201)
    }

    @Sendable private func revokeLink(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        try await context.store.write { [self] db in
            let chat = try chat(request.id("conversation"), for: caller, in: db)
            try links.revoke(request.parameters["link"] ?? "", of: chat, in: db)
        }
        return .done
    }

    // MARK: The guest's window

    @Sendable private func enter(_ request: PluginRequest) async throws -> PluginResponse {
        let body = try request.json(Self.enterBody)
        let peer = body["peer"]?.string ?? ""
        let name = body["name"]?.string ?? ""
        guard name.contains(where: { !$0.isWhitespace }) else {
            throw PortalError(
                .invalid, id: "video.name-missing", "Type your name, so that the others know who you are.")
        }
        let (answer, session) = try await context.store.write { [self] db -> (JSON, VideoSession?) in
            let link = try links.link(of: body["token"]?.string ?? "", in: db)
            guard let open = try VideoSession.open(in: link.conversation, of: link.domain, in: db) else {
                return (["session": .null], nil)
            }
            let person = guest(body)
            let joined = try sessions.join(open, person: person, guestName: name, peer: peer, in: db)
            ringing.wake(after: db)
            return (try entry(joined, for: person, in: db), joined)
        }
        if let session {
            mailboxes.open(Mailboxes.Address(session: session.id, peer: peer))
            wakeGuests(of: session)
        }
        return .json(answer)
    }

    @Sendable private func news(_ request: PluginRequest) async throws -> PluginResponse {
        let body = try request.json(Self.guestBody)
        let peer = body["peer"]?.string ?? ""
        let before = try await seen(body, peer: peer)
        let address = Mailboxes.Address(session: before.id, peer: peer)
        // One that was open is gone after a restart of the plugin; the guest is still in.
        mailboxes.open(address)
        let signals = await mailboxes.take(address, atMost: Self.patience, clock: context.clock)
        let session = try await context.store.read { [self] db in
            let session = try VideoSession.fetch(before.id, of: before.domain, in: db) ?? before
            return try json(session, in: db)
        }
        return .json(["session": session, "signals": .array(signals.map { $0.json(in: before.id) })])
    }

    @Sendable private func guestSignal(_ request: PluginRequest) async throws -> PluginResponse {
        let body = try request.json(Self.guestSignalBody)
        let from = body["from"]?.string ?? ""
        let session = try await seen(body, peer: from)
        for part in body["signals"]?.array ?? [] {
            let signal = try Signal([
                "from": .string(from), "to": part["to"] ?? .null, "data": part["data"] ?? [:],
            ])
            pass(on: signal, in: session)
        }
        return .done
    }

    @Sendable private func guestLeaves(_ request: PluginRequest) async throws -> PluginResponse {
        let body = try request.json(Self.guestBody)
        let peer = body["peer"]?.string ?? ""
        let session = try await seen(body, peer: peer)
        let left = try await context.store.write { [self] db in
            guard let now = try VideoSession.fetch(session.id, of: session.domain, in: db) else { return session }
            return try sessions.leave(now, peer: peer, in: db)
        }
        mailboxes.close(Mailboxes.Address(session: session.id, peer: peer))
        wakeGuests(of: left)
        return .done
    }

    /// The session that the guest's window is in; the window has been heard of. Who is in stays when the link is over.
    ///
    /// - Throws: `PortalError` when the window isn't in a session.
    private func seen(_ body: JSON, peer: String) async throws -> VideoSession {
        try await context.store.write { [self] db in
            let person = guest(body)
            let link = try links.find(body["token"]?.string ?? "", in: db)
            let found =
                try link.map { try VideoSession.open(in: $0.conversation, of: $0.domain, in: db) }
                ?? VideoSession.joined(by: person, at: peer, in: db)
            guard let session = found else {
                throw link == nil
                    ? GuestLinks.over
                    : PortalError(.conflict, id: "video.ended", "This video session has ended.")
            }
            try requireIn(session, peer: peer, person: person)
            try sessions.hear(of: peer, in: session, db: db)
            return session
        }
    }

    /// Who a guest is to the others: the same as long as the window is, and nothing that its key can be told from.
    private func guest(_ body: JSON) -> String {
        "guest-" + context.cryptography.hexDigest(body["key"]?.string ?? "", .sha256).prefix(32)
    }
}
