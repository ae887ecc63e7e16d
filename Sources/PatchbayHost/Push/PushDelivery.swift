import Crypto
import Foundation
import Logging
import PatchbaySDK

/// Tells browsers whose portal is closed: takes notes that are due, encrypts, and hands them to push services.
///
/// A note stays until its service has taken it, so a crash repeats it at worst; its topic makes that harmless.
public final class PushDelivery: Sendable {
    /// Requests to one push service at a time.
    private static let mostAtATime = 8

    let setup: PushSetup
    let counts = PushCounts()
    private let key: VAPIDKey
    private let store: PortalStore
    private let clock: any PortalClock
    private let notes: PushNotes
    private let reading: PushReading
    private let log: Logger

    init(
        _ setup: PushSetup, key: VAPIDKey, messaging: Messaging, preferences: PreferenceStore, front: PortalFront,
        log: Logger
    ) {
        self.setup = setup
        self.key = key
        store = messaging.store
        clock = messaging.clock
        notes = messaging.push
        reading = PushReading(
            messaging: messaging, preferences: preferences, front: front, namedOrigins: setup.namedOrigins)
        self.log = log
    }

    /// What browsers subscribe with.
    public var publicKey: String { key.publicKey }

    /// Reads the address of a subscription and looks where it leads.
    ///
    /// - Throws: `PushEndpoint.refusal`.
    public func endpoint(_ text: String) async throws -> PushEndpoint {
        let endpoint = try PushEndpoint(text, named: setup.namedOrigins)
        try await setup.service.check(endpoint)
        return endpoint
    }

    /// What has become of pushes since the start, by outcome: `sent`, `retried`, `failed`, `removed`.
    public var outcomes: [String: Int] { counts.all }

    /// Runs until it is cancelled.
    func run() async { await Watch(name: "push", bell: notes.bell, clock: clock, log: log).run(deliverWhatIsDue) }

    /// - Returns: how long until the next note is due; `nil` when none waits.
    func deliverWhatIsDue() async throws -> Duration? {
        let now = clock.now
        let due = try await store.read { [reading] db in try reading.due(at: now, in: db) }
        try await settle(due.filter { $0.target == nil }.map { ($0, .gone) })
        try await settle(due.filter { $0.target != nil && $0.notice == nil }.map { ($0, .settled) })
        let wanted = Dictionary(grouping: due.filter { $0.notice != nil }) { $0.target?.endpoint.origin }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for pushes in wanted.values {
                guard let endpoint = pushes[0].target?.endpoint else { continue }
                group.addTask { try await self.deliver(pushes, to: endpoint) }
            }
            try await group.waitForAll()
        }
        let moment = clock.now
        return try await store.read { [reading] db in try reading.untilNext(after: moment, in: db) }
    }

    /// Delivers what goes to one service. When that can't be reached the rest waits too.
    private func deliver(_ pushes: [DuePush], to endpoint: PushEndpoint) async throws {
        let line: any PushLine
        do { line = try await setup.service.open(endpoint) } catch let refusal as PortalError
            where refusal.id == PushEndpoint.refusal.id
        {
            log.info("push service not found", metadata: ["waiting": "\(pushes.count)"])
            return try await settle(pushes.map { ($0, .unreachable) })
        }
        let rest: [DuePush]
        do { rest = try await deliver(pushes, by: line) } catch {
            await line.close()
            throw error
        }
        await line.close()
        try await settle(rest.map { ($0, .unreachable) })
    }

    /// - Returns: what is left because the service can't be reached.
    private func deliver(_ pushes: [DuePush], by line: any PushLine) async throws -> [DuePush] {
        var rest = pushes[...]
        while !rest.isEmpty {
            let outcomes = try await post(Array(rest.prefix(Self.mostAtATime)), by: line)
            rest = rest.dropFirst(Self.mostAtATime)
            try await settle(outcomes)
            let isLost = outcomes.contains { if case .unreachable = $0.1 { true } else { false } }
            if isLost { break }
        }
        return Array(rest)
    }

    private func post(_ pushes: [DuePush], by line: any PushLine) async throws -> [(DuePush, DuePush.Outcome)] {
        try await withThrowingTaskGroup(of: (DuePush, DuePush.Outcome).self) { group in
            for push in pushes {
                guard let target = push.target, let notice = push.notice else { continue }
                let request = try request(for: push, notice, to: target)
                group.addTask {
                    do { return (push, self.outcome(of: try await line.post(request))) } catch let error {
                        if error is CancellationError { throw error }
                        return (push, .unreachable)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func request(
        for push: DuePush, _ notice: PushNotice, to target: DuePush.Target
    ) throws -> PushRequest {
        let message = notice.bytes
        let body = try PushEncryption.encrypt(
            message, for: target.keys, key: P256.KeyAgreement.PrivateKey(),
            salt: Data(SystemCryptography().randomBytes(16)), padding: PushEncryption.padding(for: message.count))
        let remaining = max(0, Int(push.expiresAt.timeIntervalSince(clock.now)))
        return PushRequest(
            url: target.endpoint.url,
            headers: [
                ("TTL", String(remaining)), ("Urgency", push.urgency), ("Topic", push.topic),
                ("Content-Encoding", "aes128gcm"), ("Content-Type", "application/octet-stream"),
                (
                    "Authorization",
                    try key.authorization(for: target.endpoint.origin, subject: setup.subject, at: clock.now)
                ),
            ], body: body)
    }

    private func outcome(of answer: PushAnswer) -> DuePush.Outcome {
        switch answer.status {
        case 200..<300: .sent
        case 404, 410: .gone
        case 429, 500..<600: .later(answer.retryAfter.flatMap { RetryAfter.wait($0, at: clock.now) })
        default: .refused(status: answer.status)
        }
    }

    private func settle(_ outcomes: [(DuePush, DuePush.Outcome)]) async throws {
        guard !outcomes.isEmpty else { return }
        let now = clock.now
        let failed = try await store.write { db in
            try outcomes.count { push, outcome in try PushSettling.settle(push, outcome, at: now, in: db) }
        }
        counts.add(outcomes.map(\.1), failed: failed)
        for case (let push, .refused(let status)) in outcomes {
            log.warning(
                "push refused", metadata: ["subscription": "\(push.subscription)", "status": "\(status)"])
        }
    }
}
