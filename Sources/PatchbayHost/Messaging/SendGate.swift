import Foundation
import PatchbaySDK

/// The one way out: every message from anybody passes `authorize` before it is stored.
struct SendGate {
    let gates: Gates
    let channels: any RunningChannels
    let claims: ClaimBook

    /// Decides on `draft`; the composer's “why can't I send?” asks with an empty text.
    ///
    /// The first refusal wins; of several holds the longest.
    func authorize(_ draft: Draft, in db: Database) throws -> SendDecision {
        let conversation = draft.conversation
        guard let (plugin, _) = channels.channel(conversation.kind) else {
            return .refuse(
                PortalError(.forbidden, id: "gate.plugin-off", "Nothing carries \(conversation.kind) here just now."))
        }
        if let refusal = objection(to: draft) { return .refuse(refusal) }
        if let closed = try closedGate(of: plugin, for: draft, in: db) { return .refuse(closed.error) }
        var hold: Hold?
        for check in channels.sendChecks {
            switch try check.check(draft, in: db) {
            case .allow: break
            case .hold(let longer): if longer.until > hold?.until ?? .distantPast { hold = longer }
            case .refuse(let error): return .refuse(error)
            }
        }
        if let claim = try claimOfColleague(draft, in: db) { return .refuse(claim.refusal) }
        return hold.map(SendDecision.hold) ?? .allow
    }

    private func closedGate(of plugin: PluginID, for draft: Draft, in db: Database) throws -> ClosedGate? {
        switch draft.author {
        case .user(let user):
            // The scope plays no part here: permissions are the route's affair.
            let caller = Caller(user: user, domain: draft.conversation.domain, scope: .basicUser)
            return try gates.closedGate(plugin, for: caller, in: db)
        case .plugin:
            guard let number = draft.from else { return nil }
            return try gates.closedGate(plugin, number: number, of: draft.conversation.domain, in: db)
        }
    }

    /// Who answers already, where the draft is somebody else's answer through a shared number.
    private func claimOfColleague(_ draft: Draft, in db: Database) throws -> Claim? {
        guard draft.purpose == .conversation, let author = draft.author.user, let from = draft.from,
            let claim = try claims.claim(on: from, in: draft.conversation.id, db), claim.user != author
        else { return nil }
        return claim
    }

    private func objection(to draft: Draft) -> PortalError? {
        if draft.text.unicodeScalars.count > Messaging.mostCharacters {
            return PortalError(
                .invalid, id: "message.too-long",
                "A message holds \(Messaging.mostCharacters) characters at most; this one has "
                    + "\(draft.text.unicodeScalars.count). Send it in parts or as a file.")
        }
        if draft.attachments.count > Messaging.mostAttachments {
            return PortalError(
                .invalid, id: "message.too-many-attachments",
                "A message carries \(Messaging.mostAttachments) files at most.")
        }
        return nil
    }
}
