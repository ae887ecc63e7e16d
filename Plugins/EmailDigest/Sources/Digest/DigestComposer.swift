import Foundation
import PatchbaySDK

/// Finds who has waited long enough, and says what their e-mail tells.
struct DigestComposer: Sendable {
    let context: PluginContext
    let settings: EmailSettings
    let outbox: Outbox
    let choices: Choices
    let key: LinkKey

    /// Queues a digest for everybody who is due.
    func compose() async throws {
        let domains = try await context.store.read { [context] db in try context.readers.domains(in: db) }
        for domain in domains {
            let due = try await context.store.read { [self] db in
                try context.readers.waiting(in: domain.id, for: waitingMoments, in: db)
                    .filter { try isDue($0, in: db) }
            }
            for reader in due { try await queue(for: reader) }
        }
    }

    /// The e-mail of a digest as things stand now: what was read, muted or deleted meanwhile isn't told.
    ///
    /// - Returns: `nil` when nothing is left to tell.
    func message(for digest: Digest) async throws -> MailMessage? {
        try await context.store.read { [self] db in
            guard let domain = try context.directory.domain(digest.domain, in: db),
                let reader = try context.readers.reader(digest.user, of: digest.domain, in: db),
                try choices.isOn(digest.user, of: digest.domain, in: db)
            else { return nil }
            let earliest = digest.createdAt.addingTimeInterval(-2 * Double(Digest.longestWait.components.seconds))
            let items = Dictionary(digest.items.map { ($0.conversation, $0) }) { first, _ in first }
            let unread = try context.readers.unread(by: reader, in: earliest..<context.clock.now.justAfter, in: db)
                .compactMap { one -> UnreadConversation? in
                    guard let item = items[one.conversation.id] else { return nil }
                    return one.only { $0.sequence > item.after && $0.sequence <= item.upTo }
                }
            guard !unread.isEmpty, let to = Mailbox(reader.email) else { return nil }
            return try message(for: digest, to: reader, at: to, of: domain, unread, in: db)
        }
    }

    private func message(
        for digest: Digest, to reader: Reader, at mailbox: Mailbox, of domain: DomainRecord,
        _ unread: [UnreadConversation], in db: Database
    ) throws -> MailMessage {
        var names: [UserID: String] = [:]
        for author in Set(unread.flatMap(\.messages).compactMap(\.author)) {
            names[author] = try context.directory.user(author, of: domain.id, in: db)?.fullName
        }
        let language = reader.language.flatMap(Language.init(rawValue:)) ?? settings.language
        let stopURL = url(.stop, for: digest, nil, lasts: Links.stopLifetime)
        let letter = Letter(
            to: reader, of: domain, in: language, unread, showsTexts: settings.showsTexts && !reader.hidesText,
            names: names,
            url: { url(.open, for: digest, $0, lasts: settings.linkLifetime) }, stopURL: stopURL)
        return MailMessage(
            from: settings.from, fromName: settings.fromName.isEmpty ? domain.name : settings.fromName, to: mailbox,
            toName: reader.fullName, subject: letter.subject, date: context.clock.now,
            timeZone: TimeZone(identifier: domain.timeZone) ?? .gmt,
            id: "\(digest.id)@\(settings.from.domain)", language: language, unsubscribeURL: stopURL,
            text: letter.text, html: letter.html)
    }

    private func url(
        _ purpose: Links.Purpose, for digest: Digest, _ conversation: ConversationID?, lasts lifetime: Duration
    ) -> String {
        let links = Links(secret: key.secret, cryptography: context.cryptography, clock: context.clock)
        let claim = Links.Claim(
            purpose: purpose, domain: digest.domain, user: digest.user, conversation: conversation,
            expiresAt: digest.createdAt.addingTimeInterval(TimeInterval(lifetime.components.seconds)))
        return "\(settings.publicURL)/join/email/\(purpose.rawValue)/\(links.token(claim))"
    }

    // MARK: Who is due

    private func queue(for reader: Reader) async throws {
        let id = DigestID(at: context.clock.now)
        try await context.store.write { [self] db in
            // Asked again: between reading and writing the message may have been read.
            guard try isDue(reader, in: db), let digest = try digest(id, for: reader, in: db) else { return }
            try outbox.add(digest, in: db)
        }
    }

    private func isDue(_ reader: Reader, in db: Database) throws -> Bool {
        let caller = reader.caller
        if let seen = reader.lastSeenAt, seen > longAgo { return false }
        let pauseBegan = context.clock.now.addingTimeInterval(-settings.pause.inSeconds)
        guard try choices.isOn(caller.user, of: caller.domain, in: db),
            try !outbox.isResting(caller.user, of: caller.domain, since: pauseBegan, in: db)
        else { return false }
        return try digest(DigestID(rawValue: ""), for: reader, in: db) != nil
    }

    /// Everything that is unread and wasn't told yet, if some of it has waited long enough.
    private func digest(_ id: DigestID, for reader: Reader, in db: Database) throws -> Digest? {
        let caller = reader.caller
        let now = context.clock.now
        let told = try outbox.told(caller.user, of: caller.domain, in: db)
        let unread = try context.readers.unread(by: reader, in: waitingMoments.lowerBound..<now.justAfter, in: db)
            .compactMap { one in one.only { $0.sequence > told[one.conversation.id] ?? 0 } }
        guard unread.contains(where: { ($0.messages.first?.createdAt ?? now) < longAgo }) else { return nil }
        let items = unread.map { one in
            Digest.Item(
                conversation: one.conversation.id, after: (one.messages.first?.sequence ?? 1) - 1,
                upTo: one.messages.last?.sequence ?? 0)
        }
        return Digest(id: id, domain: caller.domain, user: caller.user, createdAt: now, items: items)
    }

    /// When a message must have come to have waited long enough.
    private var longAgo: Date { context.clock.now.addingTimeInterval(-settings.after.inSeconds) }

    /// When the messages came that are told now: not before the plugin was here, nor too long ago for an e-mail.
    private var waitingMoments: Range<Date> {
        let oldest = context.clock.now.addingTimeInterval(-Digest.longestWait.inSeconds - settings.after.inSeconds)
        let first = max(key.madeAt, oldest)
        return first..<max(first, longAgo)
    }
}

extension UnreadConversation {
    /// The same with fewer messages; `nil` when none is left.
    fileprivate func only(_ isWanted: (Message) -> Bool) -> UnreadConversation? {
        let wanted = messages.filter(isWanted)
        guard !wanted.isEmpty else { return nil }
        return UnreadConversation(conversation: conversation, title: title, messages: wanted)
    }
}

extension Duration {
    fileprivate var inSeconds: TimeInterval { TimeInterval(milliseconds) / 1000 }
}

extension Date {
    /// The end of a range that has this moment in it; the store keeps milliseconds.
    fileprivate var justAfter: Date { addingTimeInterval(0.002) }
}
