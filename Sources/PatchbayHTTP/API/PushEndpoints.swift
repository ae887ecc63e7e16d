import HTTPTypes
import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/push`: the browsers that are told of news while the portal is closed; and who has it in front.
enum PushEndpoints {
    static let all: [Endpoint] = [
        .get("/push/key", .user(.portal)) { request in
            .json(["publicKey": JSON(request.portal.push?.publicKey)])
        },
        .get("/push/subscriptions", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let current = request.identity?.session
            let items = try await portal.store.read { db in
                try portal.pushSubscriptions.subscriptions(of: caller, in: db)
            }
            return .json(try .page(items.map { $0.json(isCurrent: $0.session.rawValue == current) }, of: request))
        },
        .post("/push/subscriptions", .user(.portal), .json(limitInBytes: 16 << 10)) { request in
            let portal = request.portal
            guard let identity = request.identity, identity.proof == .cookie else {
                throw PortalError(
                    .forbidden, id: "session.browser-only",
                    "Only a browser that is signed in to the portal itself can be told of news.")
            }
            guard let push = portal.push else {
                throw PortalError(
                    .conflict, id: "push.off", "Your administrator hasn't set notifications of a closed portal up.")
            }
            let p256dh = request.body["keys"]?["p256dh"]?.string ?? ""
            let auth = request.body["keys"]?["auth"]?.string ?? ""
            _ = try PushKeys(p256dh: p256dh, auth: auth)
            let endpoint = try await push.endpoint(request.body["endpoint"]?.string ?? "")
            let userAgent = request.raw.headers[.userAgent] ?? ""
            let made = try await portal.store.write { db in
                try portal.pushSubscriptions.subscribe(
                    endpoint, p256dh: p256dh, auth: auth, session: SessionID(rawValue: identity.session),
                    userAgent: userAgent, by: identity.caller, in: db)
            }
            return .json(made.json(isCurrent: true), status: .created)
        },
        .delete("/push/subscriptions/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: PushSubscriptionID = request.id("id")
            try await portal.store.write { db in try portal.pushSubscriptions.remove(id, of: caller, in: db) }
            return .done
        },
        .put("/push/front", .user(.portal)) { request in
            guard let identity = request.identity else { throw UndocumentedEndpoint(name: "PUT /push/front") }
            request.portal.front.set(
                request.body["isInFront"]?.bool ?? false, session: identity.session, of: identity.caller.user)
            return .done
        },
    ]
}

extension PushSubscription {
    fileprivate func json(isCurrent: Bool) -> JSON {
        [
            "id": .string(id.rawValue), "userAgent": .string(userAgent), "createdAt": .string(createdAt.rfc3339),
            "isCurrent": .bool(isCurrent),
        ]
    }
}
