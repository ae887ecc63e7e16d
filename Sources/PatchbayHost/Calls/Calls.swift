import Foundation
import Logging
import PatchbaySDK

/// Calls that users place from the portal: who may call whom, the order to the PBX adapter, and the record of what
/// became of it.
///
/// The record comes first: a call is in the store before the adapter hears of it, so whatever the adapter reports finds
/// it there, and a button pressed twice finds it too.
public final class Calls: Sendable {
    let store: PortalStore
    private let events: EventLog
    private let gates: Gates
    private let targets: CallTargets
    private let registry: PluginRegistry
    private let clock: any PortalClock
    private let log: Logger

    init(messaging: Messaging, registry: PluginRegistry, log: Logger) {
        store = messaging.store
        events = messaging.events
        gates = messaging.gates
        targets = CallTargets(messaging: messaging, contacts: messaging.contacts)
        self.registry = registry
        clock = messaging.clock
        self.log = log
        events.render(EventName.changed) { _, body, db in
            guard let id = body["callId"]?.string, let domain = body["domain"]?.string else { return nil }
            return try Self.fetch(CallID(rawValue: id), of: DomainID(rawValue: domain), in: db)
                .map { ["call": $0.json(region: try Self.region(of: $0.domain, in: db))] }
        }
    }

    enum EventName { static let changed = "call.changed" }

    /// A call that was asked for.
    public struct Placed: Sendable {
        /// The record, as it stands now.
        public let call: PlacedCall
        /// Whether it was placed just now; `false` for the same press of the button again.
        public let isNew: Bool
    }

    /// How long an adapter may take to take an order.
    static let patience = Duration.seconds(15)
    /// How long a call may ring and connect; a second one is refused meanwhile.
    static let longestSetup = Duration.seconds(300)

    // MARK: Asking

    /// Why `caller` can't place calls just now; `nil` when they can.
    public func refusal(for caller: Caller, in db: Database) throws -> PortalError? {
        guard let (plugin, _) = running.adapter(for: caller.domain) else { return RunningCalls.noPBX }
        return try gates.closedGate(plugin, for: caller, in: db)?.error
    }

    /// One of the caller's own calls.
    ///
    /// - Throws: `PortalError.notFound` for any other.
    public func call(_ id: CallID, of caller: Caller, in db: Database) throws -> PlacedCall {
        guard let call = try Self.fetch(id, of: caller.domain, in: db), call.user == caller.user else {
            throw PortalError.notFound("call")
        }
        return call
    }

    /// The caller's own calls, newest first.
    ///
    /// - Parameter with: A number in E.164 or an extension; `nil` for all.
    public func calls(
        of caller: Caller, with: String?, _ page: PageRequest, in db: Database
    ) throws -> Page<PlacedCall> {
        let last = try page.start().id
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM call WHERE domainId = :domain AND userId = :user
                AND (:with IS NULL OR destination = :with) AND (:last = '' OR id < :last)
                ORDER BY id DESC LIMIT :limit
                """,
            arguments: [
                "domain": caller.domain, "user": caller.user, "with": with, "last": last, "limit": page.limit + 1,
            ])
        return Page(rows.map(PlacedCall.init), for: page) { ("", $0.id.rawValue) }
    }

    // MARK: Placing

    /// Places a call, or finds the one that the same press of the button has placed.
    ///
    /// - Throws: `calls.no-pbx`, the closed gate, `calls.denied`, `calls.under-way`, what ``CallTarget`` leads to, and
    ///   what the adapter throws; the record then says that the call failed.
    public func place(_ target: CallTarget, clientID: String, by caller: Caller) async throws -> Placed {
        let id = CallID(at: clock.now)
        let (placed, request) = try await store.write { db in
            if let known = try Self.fetch(clientID: clientID, of: caller, in: db) {
                return (Placed(call: known, isNew: false), nil as CallRequest?)
            }
            return try self.note(target, clientID: clientID, as: id, by: caller, in: db)
        }
        guard let request else { return placed }
        do {
            try await hand(request, to: placed.call.plugin)
        } catch {
            log.warning(
                "call not placed", metadata: ["call": "\(id)", "plugin": "\(placed.call.plugin)", "error": "\(error)"])
            try await moved(id, to: .failed(Self.failure(error)), by: placed.call.plugin)
            throw error is PortalError ? error : RunningCalls.silent
        }
        let now = try await store.read { db in try self.call(id, of: caller, in: db) }
        return Placed(call: now, isNew: true)
    }

    /// Hangs up. Nothing happens for a call that is over.
    ///
    /// - Throws: `PortalError.notFound`; what the adapter throws.
    public func cancel(_ id: CallID, by caller: Caller) async throws {
        let call = try await store.read { db in try self.call(id, of: caller, in: db) }
        guard !call.state.isOver else { return }
        guard let adapter = registry.instance(call.plugin) as? any ClickToCall else {
            return try await moved(id, to: .failed(.lost), by: call.plugin)
        }
        try await adapter.cancel(id, for: caller)
    }

    private var running: RunningCalls { RunningCalls(registry) }

    /// Checks everything and writes the call down.
    private func note(
        _ target: CallTarget, clientID: String, as id: CallID, by caller: Caller, in db: Database
    ) throws -> (Placed, CallRequest?) {
        guard let (plugin, _) = running.adapter(for: caller.domain) else { throw RunningCalls.noPBX }
        try gates.requireOpen(plugin, for: caller, in: db)
        let region = try Self.region(of: caller.domain, in: db)
        let found = try targets.find(target, region: region, by: caller, in: db)
        try DeniedCalls.fetch(of: caller.domain, in: db).check(found.destination, region: region)
        try requireFree(caller, in: db)
        let own = try String.fetchOne(
            db, sql: "SELECT extension FROM user WHERE domainId = ? AND id = ?",
            arguments: [caller.domain, caller.user]
        )
        guard let own else { throw PortalError.notFound("user") }
        let isNumber = if case .number = found.destination { true } else { false }
        try db.execute(
            sql: """
                INSERT INTO call (id, domainId, userId, clientId, plugin, kind, destination, name, otherUserId,
                    contactId, state, startedAt, instance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ringing', ?, ?)
                """,
            arguments: [
                id, caller.domain, caller.user, clientID, plugin, isNumber ? "number" : "extension",
                found.destination.dialled, found.name, found.user, found.contact, clock.now.milliseconds,
                registry.generations[plugin] ?? 0,
            ])
        guard let call = try Self.fetch(id, of: caller.domain, in: db) else { throw PortalError.notFound("call") }
        try tell(call, in: db)
        let request = CallRequest(
            id: id, caller: caller, extension: own, destination: found.destination,
            displayName: Self.shown(found.name ?? found.destination.formatted(for: region)))
        return (Placed(call: call, isNew: true), request)
    }

    /// Two phones can't be at one ear: while a call of the same user is being set up, a second press is a mistake.
    private func requireFree(_ caller: Caller, in db: Database) throws {
        let since = clock.now.addingTimeInterval(-Double(Self.longestSetup.components.seconds))
        let isBusy = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM call WHERE domainId = ? AND userId = ? AND endedAt IS NULL
                AND state IN ('ringing', 'connecting') AND startedAt > ?)
                """, arguments: [caller.domain, caller.user, since.milliseconds])
        guard isBusy == true else { return }
        throw PortalError(
            .conflict, id: "calls.under-way", "A call of yours is being set up already. Cancel it first.")
    }

    private func hand(_ request: CallRequest, to plugin: PluginID) async throws {
        guard let adapter = registry.instance(plugin) as? any ClickToCall else { throw RunningCalls.noPBX }
        let outcome = await Patience.outcome(within: Self.patience, clock: clock) { try await adapter.place(request) }
        guard let outcome else { throw RunningCalls.silent }
        try outcome.get()
    }

    private static func failure(_ error: any Error) -> CallFailure {
        guard let refusal = error as? PortalError else { return .lost }
        return switch (refusal.id, refusal.code) {
        case ("calls.no-phone", _): .phoneOffline
        case (_, .unavailable): .pbxUnreachable
        default: .refusedByPBX
        }
    }

    /// A name fit for a phone's display and for any signalling: no control characters, not too long.
    private static func shown(_ name: String) -> String {
        let calm = name.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        return String(String(calm).prefix(64))
    }

    // MARK: What becomes of it

    /// Notes where a call stands, if that is news.
    func moved(_ id: CallID, to step: CallStep, by plugin: PluginID) async throws {
        try await store.write { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM call WHERE id = ? AND plugin = ? AND endedAt IS NULL",
                arguments: [id, plugin])
            guard let call = row.map(PlacedCall.init) else { return }
            try self.move(call, to: step, in: db)
        }
    }

    func move(_ call: PlacedCall, to step: CallStep, in db: Database) throws {
        let (state, failure) = step.outcome(of: call)
        guard state.rank > call.state.rank else { return }
        let now = clock.now.milliseconds
        try db.execute(
            sql: """
                UPDATE call SET state = ?, failure = ?, answeredAt = coalesce(answeredAt, ?), endedAt = ?
                WHERE domainId = ? AND id = ?
                """,
            arguments: [
                state, failure?.rawValue, state == .talking ? now : nil, state.isOver ? now : nil, call.domain, call.id,
            ])
        if let changed = try Self.fetch(call.id, of: call.domain, in: db) { try tell(changed, in: db) }
    }

    private func tell(_ call: PlacedCall, in db: Database) throws {
        let region = try Self.region(of: call.domain, in: db)
        try events.publish(
            Event(
                EventName.changed, in: call.domain, to: .users([call.user]),
                ["callId": .string(call.id.rawValue), "domain": .string(call.domain.rawValue)]),
            in: db, live: { JSON.object(["call": call.json(region: region)]).utf8 })
    }

    // MARK: Rows

    static func fetch(_ id: CallID, of domain: DomainID, in db: Database) throws -> PlacedCall? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM call WHERE domainId = ? AND id = ?"), arguments: [domain, id]
        ).map(PlacedCall.init)
    }

    private static func fetch(clientID: String, of caller: Caller, in db: Database) throws -> PlacedCall? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM call WHERE domainId = ? AND userId = ? AND clientId = ?",
            arguments: [caller.domain, caller.user, clientID]
        ).map(PlacedCall.init)
    }

    static func region(of domain: DomainID, in db: Database) throws -> String {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT region FROM domain WHERE id = ?"), arguments: [domain]) ?? "ZZ"
    }
}

extension CallStep {
    /// What it means for `call`: hanging up before anybody talked is a cancelled call, after that an ended one.
    fileprivate func outcome(of call: PlacedCall) -> (PlacedCall.State, CallFailure?) {
        switch self {
        case .ringing: (.ringing, nil)
        case .connecting: (.connecting, nil)
        case .talking: (.talking, nil)
        case .ended: (.ended, nil)
        case .failed(let failure): (.failed, failure)
        case .cancelled: (call.answeredAt == nil ? .cancelled : .ended, nil)
        }
    }
}
