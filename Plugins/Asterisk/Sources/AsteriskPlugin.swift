import PatchbaySDK

/// Places calls and shows what phones are doing, through Asterisk's manager interface (AMI).
public struct AsteriskPlugin: Plugin, ClickToCall, PhonePresence, SelfTest {
    /// `asterisk`.
    public static let id = PluginID(rawValue: "asterisk")

    private let settings: AsteriskSettings
    private let context: PluginContext
    private let desk: CallDesk
    private let board: PhoneBoard
    private let line: Line

    /// Keeps what is needed; the connection is opened by `run()`.
    public init(context: PluginContext) throws {
        settings = try AsteriskSettings(context.settings)
        self.context = context
        desk = CallDesk()
        board = PhoneBoard(domains: settings.domains)
        line = Line(context: context, settings: settings, desk: desk, board: board)
    }

    /// Keeps one connection to Asterisk until it is lost.
    public func run() async throws { try await line.run() }

    /// The domains of the settings.
    public func serves(_ domain: DomainID) -> Bool { settings.domains[domain] != nil }

    /// Rings the user's phone; when it is answered, the dial plan calls the destination.
    public func place(_ request: CallRequest) async throws {
        guard let domain = settings.domains[request.caller.domain], let session = line.session else { throw Self.noPBX }
        let channel = try CallDesk.channel(of: request.id)
        let order = try Order.action(for: request, channel: channel, in: domain, ringTime: settings.ringTime)
        guard desk.begin(request.id, channel: channel) else { return }
        do {
            let answer = try await session.perform(order, id: channel)
            guard answer.isSuccess else {
                desk.drop(channel)
                throw Self.refusal(answer["Message"] ?? "")
            }
        } catch let error as PortalError where error.id == Self.refused {
            throw error
        } catch {
            desk.disown(channel)
            throw Self.noPBX
        }
    }

    /// Hangs up both legs.
    public func cancel(_ call: CallID, for caller: Caller) async throws {
        guard let channel = try? CallDesk.channel(of: call) else { return }
        let channels = desk.cancel(channel)
        guard !channels.isEmpty else { return }
        guard let session = line.session else { throw Self.noPBX }
        for one in channels {
            var hangUp = AMIAction("Hangup")
            try hangUp.add("Channel", one)
            do {
                // A channel that is gone already is refused, and that is as good.
                _ = try await session.perform(hangUp)
            } catch {
                throw Self.noPBX
            }
        }
    }

    /// What Asterisk has told; nothing while it can't be asked.
    public func states(of extensions: [String], in domain: DomainID) -> [String: PhoneState] {
        board.states(of: extensions, in: domain)
    }

    /// Tries connection, sign-in, permissions and one phone, on a connection of its own.
    public func selfTest(of phone: TestedPhone?) async -> [Diagnosis] {
        await LineTest(context: context, settings: settings).run(phone)
    }

    private static let refused = "asterisk.order-refused"

    private static let noPBX = PortalError(
        .unavailable(retryAfter: .seconds(5)), id: "calls.no-pbx",
        "The phone system can't be reached just now. Try again in a moment.")

    private static func refusal(_ reason: String) -> PortalError {
        let sentence =
            switch reason {
            case "Extension does not exist.": "The phone system has no way to that number from your phone."
            case "Permission denied": "The phone system doesn't let the portal place calls. Tell your administrator."
            default: "The phone system has refused the call. Tell your administrator."
            }
        return PortalError(.forbidden, id: refused, sentence, details: ["reason": reason])
    }
}

/// What this library was compiled with.
@c(patchbay_asterisk_stamp) public func patchbayAsteriskStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// The plugin's type, for the host.
@c(patchbay_asterisk_plugin) public func patchbayAsteriskPlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(AsteriskPlugin.self)
}
