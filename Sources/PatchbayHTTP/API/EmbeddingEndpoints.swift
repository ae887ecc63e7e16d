import Foundation
import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/session/embed`: signing in inside another portal's page, by a token that its server makes.
enum EmbeddingEndpoints {
    static let all: [Endpoint] = [
        .post("/session/embed", .embedder, .json(limitInBytes: 16 << 10)) { request in
            let services = request.server
            guard let settings = services.settings.embedding else {
                throw PortalError(.forbidden, id: "embed.off", "No other portal may show the dock here.")
            }
            let token: EmbedToken
            do throws(PortalError) {
                token = try EmbedToken(request.body["token"]?.string ?? "", by: settings, at: services.portal.clock.now)
            } catch {
                services.portal.log.info("embedding refused", metadata: ["reason": "\(error.id)"])
                throw error
            }
            let signedIn = try await services.portal.sessions.signIn(
                embedded: token, address: request.address, userAgent: request.raw.headers[.userAgent] ?? "")
            return .json(
                [
                    "bearer": .string(signedIn.token), "expiresAt": .string(signedIn.session.expiresAt.rfc3339),
                    "session": try await SessionView(of: signedIn.caller, proof: .embedded, services).json(),
                ], status: .created)
        },
        .put("/session/embed", .user(.portal), .none) { request in
            guard let identity = request.identity, identity.proof == .embedded else {
                throw PortalError(
                    .invalid, id: "embed.not-embedded", "Only a session inside another portal's page is renewed.")
            }
            let end = try await request.portal.sessions.renewEmbedded(
                SessionID(rawValue: identity.session), of: identity.caller)
            return .json(["expiresAt": .string(end.rfc3339)])
        },
    ]
}
