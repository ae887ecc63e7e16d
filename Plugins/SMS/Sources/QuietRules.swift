import Foundation
import PatchbaySDK

/// Keeps messages back while it is night for their recipients. Asked in the send gate, and once more when they go.
struct QuietRules: Sendable {
    let clock: any PortalClock
    let directory: any Directory
    let hours: QuietHours.Table

    init(context: PluginContext, settings: SMSSettings) {
        clock = context.clock
        directory = context.directory
        hours = settings.quietHours
    }

    /// Until when `draft` waits, if it is night for its recipient.
    ///
    /// What the law wants after STOP goes at once, and so does what a person wants to send all the same, or answers soon
    /// after the customer wrote. Nobody is there to decide about what plugins and away messages say: that waits.
    func hold(_ draft: Draft, in db: Database) throws -> Hold? {
        let domain = draft.conversation.domain
        guard draft.purpose != .complianceReply, let remote = draft.conversation.remote,
            let hold = try hold(on: remote, of: domain, at: clock.now, in: db)
        else { return nil }
        guard case .user = draft.author, draft.purpose == .conversation else { return hold }
        guard draft.quietHours == .hold, try !isReply(to: remote, in: domain, db: db) else { return nil }
        return hold
    }

    /// Whether the night has come over a message that was taken by day, such as one whose carrier was away.
    func hasCome(over remote: String, of domain: DomainID, since taken: Date, in db: Database) throws -> Bool {
        try hold(on: remote, of: domain, at: clock.now, in: db) != nil
            && hold(on: remote, of: domain, at: taken, in: db) == nil
    }

    /// Quiet in one of the zones that the number may be in is quiet. Where that would leave no hour of the day, or nothing
    /// is known of the number, the domain's own clock decides.
    private func hold(on remote: String, of domain: DomainID, at moment: Date, in db: Database) throws -> Hold? {
        guard let hours = hours.hours(of: domain) else { return nil }
        let theirs = (PhoneNumber(e164: remote)?.timeZones ?? []).compactMap(TimeZone.init(identifier:))
        if !theirs.isEmpty, let free = hours.nextFree(from: moment, in: theirs) {
            guard free > moment else { return nil }
            let isCertain = [moment, free].allSatisfy { time in
                Set(theirs.map { $0.secondsFromGMT(for: time) }).count == 1
            }
            return Hold(until: free, timeZone: isCertain ? theirs[0].identifier : nil)
        }
        let ours = try directory.domain(domain, in: db).flatMap { TimeZone(identifier: $0.timeZone) } ?? .gmt
        guard let free = hours.nextFree(from: moment, in: [ours]), free > moment else { return nil }
        return Hold(until: free)
    }

    // MARK: Who wrote when

    /// The longest that `quietReplyHours` can be; what is older is forgotten.
    private static let longestMemory = Duration.seconds(168 * 3600)

    private func isReply(to remote: String, in domain: DomainID, db: Database) throws -> Bool {
        guard let within = hours.hours(of: domain)?.repliesWithin, within > .zero else { return false }
        let heardAt = try Int.fetchOne(
            try db.cachedStatement(sql: "SELECT at FROM smsHeard WHERE domainId = ? AND remote = ?"),
            arguments: [domain, remote])
        return heardAt.map { $0 > clock.now.milliseconds - within.milliseconds } ?? false
    }

    /// Notes that `remote` has written to `domain` just now.
    static func heard(_ remote: String, in domain: DomainID, at now: Date, db: Database) throws {
        try db.cachedStatement(
            sql:
                "INSERT INTO smsHeard (domainId, remote, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at"
        ).execute(arguments: [domain, remote, now.milliseconds])
    }

    /// Forgets that `remote` has written to `domain`.
    static func forget(_ remote: String, in domain: DomainID, db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM smsHeard WHERE domainId = ? AND remote = ?")
            .execute(arguments: [domain, remote])
    }

    /// Forgets who wrote too long ago to matter.
    static func forget(at now: Date, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM smsHeard WHERE at < ?")
            .execute(arguments: [now.milliseconds - longestMemory.milliseconds])
    }
}
