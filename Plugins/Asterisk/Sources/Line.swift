import PatchbaySDK
import Synchronization

/// The one connection to Asterisk: opened, signed in, listened to, pinged; and opened anew when it is lost.
final class Line: Sendable {
    private let context: PluginContext
    private let settings: AsteriskSettings
    private let desk: CallDesk
    private let board: PhoneBoard
    private let signIn: SignIn
    private let current = Mutex<AMISession?>(nil)
    private let hasFailed = Mutex(false)
    /// What the host could not store when it was told; told again until it can.
    private let untold = Mutex<[CallDesk.Outcome]>([])
    private static let mostUntold = 1000

    init(context: PluginContext, settings: AsteriskSettings, desk: CallDesk, board: PhoneBoard) {
        self.context = context
        self.settings = settings
        self.desk = desk
        self.board = board
        signIn = SignIn(settings: settings, cryptography: context.cryptography)
    }

    /// The connection, while it stands and is signed in.
    var session: AMISession? { current.withLock { $0 } }

    /// Serves until the connection is lost; the host calls it anew, less and less often.
    ///
    /// - Throws: why there is no connection, for the administrator.
    func run() async throws {
        // Portals that were cut off together must not come back in the same instant. The host's own pause doubles.
        if hasFailed.withLock({ $0 }) {
            let share = Int64(context.cryptography.randomBytes(1).first ?? 0)
            try await context.clock.sleep(for: .milliseconds(share * 4))
        }
        for outcome in desk.giveUp(at: context.clock.now) { await report(outcome) }
        await tellAgain()
        do {
            try await serve()
        } catch {
            hasFailed.withLock { $0 = true }
            throw error
        }
    }

    private func serve() async throws {
        let stream = try await context.network.connect(
            to: settings.host, port: settings.port, security: settings.security, timeout: settings.patience)
        let session = AMISession(stream: stream, clock: context.clock, patience: settings.patience)
        let channels = Channels()
        let ending = await withTaskGroup(of: Ending.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                do {
                    try await session.read {
                        await self.take($0, from: session, channels)
                    } rest: {
                        self.tellChanges()
                    }
                } catch { return .reading(error) }
            }
            group.addTask {
                do {
                    try await self.prepare(session, channels)
                    try await self.keepAlive(session)
                } catch { return .talking(error) }
            }
            let first = await group.next()
            // Asterisk closes after a refusal: the refusal, which is just being read, says more than the closing.
            if case .reading = first, self.session !== session { return await group.next()?.error }
            return first?.error
        }
        await lose(session)
        throw ending ?? CancellationError()
    }

    /// Which half of the work has ended, and why.
    private enum Ending: Sendable {
        case reading(any Error)
        case talking(any Error)

        var error: any Error {
            switch self {
            case .reading(let error), .talking(let error): error
            }
        }
    }

    /// Signs in and takes the snapshot; then calls can be placed and phones are known.
    private func prepare(_ session: AMISession, _ channels: Channels) async throws {
        let version = try await session.version()
        try await signIn.signIn(session)
        try await signIn.checkRights(session)
        try await signIn.checkEvents(session)
        _ = try await session.performList(AMIAction("DeviceStateList"))
        if board.needsHints { _ = try await session.performList(AMIAction("ExtensionStateList")) }
        _ = try await session.performList(AMIAction("Status"), id: Channels.action)
        for outcome in desk.reconcile(with: channels.all) { await report(outcome) }
        board.goLive()
        current.withLock { $0 = session }
        tellChanges()
        context.log.info("connected to Asterisk", ["ami": version, "host": settings.host])
    }

    private func keepAlive(_ session: AMISession) async throws -> Never {
        while true {
            try await context.clock.sleep(for: settings.pingPause)
            _ = try await session.perform(AMIAction("Ping"))
            await tellAgain()
        }
    }

    private func take(_ event: AMIMessage, from session: AMISession, _ channels: Channels) async {
        channels.take(event)
        board.take(event)
        let outcome = desk.take(event)
        await report(outcome)
        for channel in outcome.hangUp { await hangUp(channel, session) }
    }

    /// Hangs up what was cancelled before it had begun. Its answer can't be waited for: we are where answers are read.
    private func hangUp(_ channel: String, _ session: AMISession) async {
        do {
            var action = AMIAction("Hangup")
            try action.add("Channel", channel)
            try await session.post(action)
        } catch {
            context.log.warning("hanging up failed", ["error": "\(error)"])
        }
    }

    private func report(_ outcome: CallDesk.Outcome) async {
        guard let report = outcome.report else { return }
        do {
            try await context.switchboard.moved(report.call, to: report.step)
        } catch {
            context.log.warning("a call's step was not stored", ["call": report.call.rawValue, "error": "\(error)"])
            untold.withLock { if $0.count < Self.mostUntold { $0.append(outcome) } }
        }
    }

    private func tellAgain() async {
        let outcomes = untold.withLock { untold in
            defer { untold = [] }
            return untold
        }
        for outcome in outcomes { await report(outcome) }
    }

    private func tellChanges() {
        for (domain, extensions) in board.takeChanges() {
            context.switchboard.phonesChanged(extensions, in: domain)
        }
    }

    private func lose(_ session: AMISession) async {
        current.withLock { $0 = nil }
        desk.connectionLost(at: context.clock.now)
        board.forget()
        context.switchboard.phonesUnknown()
        await session.close()
    }
}

/// The channels that Asterisk names when it is asked for all that there are.
private final class Channels: Sendable {
    static let action = "patchbay-status"

    private let ids = Mutex<Set<String>>([])

    var all: Set<String> { ids.withLock { $0 } }

    func take(_ event: AMIMessage) {
        // Only our own calls' channels matter.
        guard event.event == "Status", event.actionID == Self.action, let id = event["Uniqueid"],
            id.hasPrefix(CallDesk.prefix)
        else { return }
        ids.withLock { _ = $0.insert(id) }
    }
}
