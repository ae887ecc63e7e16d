import Foundation
import PatchbaySDK

/// What the links in the e-mails lead to. They need no sign-in, and give none.
extension EmailDigestPlugin {
    @RouteBuilder var linkRoutes: [Route] {
        Route.page("open/:token", openConversation)
        Route.page("stop/:token", askToStop)
        // The button of the page, and the one request of a mail program (RFC 8058).
        Route(method: "POST", path: "stop/:token", access: .page, handle: stop)
    }

    @Sendable private func openConversation(_ request: PluginRequest) async throws -> PluginResponse {
        await answer(request, for: .open) { [self] claim in
            let isThere = try await context.store.read { [self] db in
                guard let user = try context.directory.user(claim.user, of: claim.domain, in: db),
                    let conversation = claim.conversation
                else { return false }
                let caller = Caller(user: user.id, domain: user.domain, scope: user.scope)
                return try context.conversations.isMember(caller, of: conversation, in: db)
            }
            guard isThere, let conversation = claim.conversation?.rawValue,
                let path = conversation.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-"]))
            else {
                let language = Self.language(of: request)
                let words = language.words.page
                return PublicPage(language, words.goneTitle, words.gone).response(status: 404)
            }
            // Whoever isn't signed in does so there, and comes out at the conversation.
            return PluginResponse(status: 303, headers: Self.headers(["location": "/messages/\(path)"]))
        }
    }

    @Sendable private func askToStop(_ request: PluginRequest) async throws -> PluginResponse {
        await answer(request, for: .stop) { [self] claim in
            let address = try await context.store.read { [self] db in
                try context.readers.reader(claim.user, of: claim.domain, in: db)?.email
            }
            let language = Self.language(of: request)
            let words = language.words.page
            return PublicPage(
                language, words.stopTitle, words.stopQuestion(Self.masked(address ?? "…")),
                button: .init(words.stopButton, isOn: false)
            ).response()
        }
    }

    @Sendable private func stop(_ request: PluginRequest) async throws -> PluginResponse {
        await answer(request, for: .stop) { [self] claim in
            let wantsThem = String(decoding: request.body.prefix(64), as: UTF8.self) == "want=on"
            try await context.store.write { [self] db in
                // Somebody who was removed meanwhile has nothing left to stop.
                guard try context.directory.user(claim.user, of: claim.domain, in: db) != nil else { return }
                try choices.set(wantsThem, claim.user, of: claim.domain, in: db)
            }
            let language = Self.language(of: request)
            let words = language.words.page
            let page =
                wantsThem
                ? PublicPage(language, words.onTitle, words.isOn)
                : PublicPage(
                    language, words.stoppedTitle, words.stopped, button: .init(words.againButton, isOn: true))
            return page.response()
        }
    }

    /// Checks the link, and says in words why it is of no use.
    private func answer(
        _ request: PluginRequest, for purpose: Links.Purpose,
        _ deed: (Links.Claim) async throws -> PluginResponse
    ) async -> PluginResponse {
        let language = Self.language(of: request)
        let words = language.words.page
        do {
            let key = try await LinkKey.load(context)
            let links = Links(secret: key.secret, cryptography: context.cryptography, clock: context.clock)
            return try await deed(try links.claim(in: request.parameters["token"] ?? "", for: purpose))
        } catch Links.Fault.over {
            return PublicPage(language, words.overTitle, words.over).response(status: 410)
        } catch Links.Fault.broken {
            return PublicPage(language, words.brokenTitle, words.broken).response(status: 404)
        } catch {
            context.log.error("link not served", ["error": "\((error as? PortalError)?.id ?? "unknown")"])
            let refusal = error as? PortalError
            return .text(refusal?.message ?? "Something went wrong. Try again.", status: refusal?.status ?? 500)
        }
    }

    private static func language(of request: PluginRequest) -> Language {
        Language(acceptLanguage: request.headers["accept-language"] ?? "")
    }

    /// `a•••@harbor.example`: whoever got hold of the link needn't learn the address.
    static func masked(_ address: String) -> String {
        guard let at = address.lastIndex(of: "@"), let first = address.first, first != "@" else { return "…" }
        return "\(first)•••\(address[at...])"
    }

    /// The token stands in the address: it must go to no other site, and into no cache.
    static func headers(_ more: [String: String]) -> [String: String] {
        ["referrer-policy": "no-referrer", "cache-control": "no-store", "x-robots-tag": "noindex"]
            .merging(more) { _, new in new }
    }
}
