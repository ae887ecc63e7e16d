import PatchbaySDK
import PatchbayTesting
import Synchronization

@testable import Asterisk

/// Plays Asterisk as far as the plugin talks to it, and keeps what it was asked.
final class FakePBX: Sendable {
    /// How it behaves.
    struct Manners: Sendable {
        var challenge = "123456"
        var acceptsLogin = true
        var closesAfterRefusal = false
        var allowed = SignIn.needed.map(\.0)
        var tellsEvents = true
        var devices = ["PJSIP/100": "NOT_INUSE", "PJSIP/101": "INUSE", "PJSIP/102": "UNAVAILABLE"]
        var hints: [String: Int] = [:]
        var channels: [String] = []
        /// The answer to an order; nil for none.
        var orderAnswer: String? = "Response: Success\r\nMessage: Originate successfully queued"
        /// What it leaves unanswered.
        var ignores: Set<String> = []
    }

    let manners = Mutex(Manners())
    private let heard = Mutex<[AMIMessage]>([])
    private let peer = Mutex<TestPeer?>(nil)

    /// The actions of that name that it was asked for.
    func asked(_ action: String) -> [AMIMessage] { heard.withLock { $0.filter { $0["Action"] == action } } }

    /// Changes how it behaves.
    func behave(_ change: (inout Manners) -> Void) { manners.withLock { change(&$0) } }

    /// Tells whoever is connected.
    func tell(_ text: String) async throws {
        try await peer.withLock { $0 }?.say(text.replacing("\n", with: "\r\n") + "\r\n\r\n")
    }

    /// Plays one connection until the plugin closes it.
    func serve(_ peer: TestPeer) async throws {
        self.peer.withLock { $0 = peer }
        try await peer.say("Asterisk Call Manager/11.0.0\r\n")
        while true {
            let text = try await peer.hear(until: "\r\n\r\n")
            guard !text.isEmpty else { return }
            for action in text.split(separator: "\r\n\r\n") { try await answer(Self.parsed(action), peer) }
        }
    }

    /// Ends the connection, as a PBX does that is stopped.
    func hangUp() async { await peer.withLock { $0 }?.stream.close() }

    private func answer(_ action: AMIMessage, _ peer: TestPeer) async throws {
        heard.withLock { $0.append(action) }
        let manners = manners.withLock { $0 }
        let name = action["Action"] ?? ""
        let id = action.actionID ?? ""
        guard !manners.ignores.contains(name) else { return }
        func say(_ blocks: [String]) async throws {
            try await peer.say(blocks.map { "\($0)\r\nActionID: \(id)\r\n\r\n" }.joined())
        }
        func list(_ events: [String]) async throws {
            try await say(
                ["Response: Success\r\nEventList: start"] + events + ["Event: \(name)Complete\r\nEventList: Complete"])
        }
        switch name {
        case "Challenge": try await say(["Response: Success\r\nChallenge: \(manners.challenge)"])
        case "Login":
            try await say([
                manners.acceptsLogin ? "Response: Success" : "Response: Error\r\nMessage: Authentication failed"
            ])
            if manners.closesAfterRefusal, !manners.acceptsLogin { await peer.stream.close() }
        case "ListCommands":
            try await say([
                (["Response: Success"] + manners.allowed.map { "\($0): x (Priv: call)" }).joined(separator: "\r\n")
            ])
        case "Originate" where action["Application"] != nil:
            try await say(["Response: Success"])
            if manners.tellsEvents { try await say(["Event: OriginateResponse\r\nResponse: Failure\r\nReason: 0"]) }
        case "Originate": if let answer = manners.orderAnswer { try await say([answer]) }
        case "DeviceStateList":
            try await list(
                manners.devices.map { "Event: DeviceStateChange\r\nDevice: \($0.key)\r\nState: \($0.value)" })
        case "ExtensionStateList":
            try await list(
                manners.hints.map {
                    "Event: ExtensionStatus\r\nExten: \($0.key)\r\nContext: hints\r\nStatus: \($0.value)"
                })
        case "Status": try await list(manners.channels.map { "Event: Status\r\nUniqueid: \($0)" })
        default: try await say(["Response: Success"])
        }
    }

    private static func parsed(_ text: Substring) -> AMIMessage {
        AMIMessage(
            fields: text.split(separator: "\r\n").map { line in
                let parts = line.split(separator: ": ", maxSplits: 1)
                return .init(key: String(parts[0]), value: parts.count == 2 ? String(parts[1]) : "")
            })
    }
}

/// The plugin in a portal whose phone system is a `FakePBX`.
struct Desk {
    let host: TestHost<AsteriskPlugin>
    let pbx = FakePBX()

    init(settings: [String: JSON] = [:]) async throws {
        let usual: [String: JSON] = [
            "url": "ami://pbx.example:5038", "username": "portal", "secret": "shh",
            "domains": ["acme.example": ["context": "users"]],
        ]
        host = try await TestHost(AsteriskPlugin.self, settings: .object(usual.merging(settings) { $1 }))
        let pbx = pbx
        host.network.acceptAlways { try await pbx.serve($0) }
    }

    /// Alice's phone, then Bob's.
    func call(_ id: String = "call-1", to destination: CallDestination = .extension("101")) -> CallRequest {
        CallRequest(
            id: CallID(rawValue: id), caller: TestPerson.alice.caller, extension: "100", destination: destination,
            displayName: "Bob Brunner")
    }

    /// What the plugin says of a phone of acme's.
    func phone(_ number: String) -> PhoneState? { host.plugin.states(of: [number], in: .acme)[number] }

    /// Waits until the plugin is connected and has its snapshot.
    func connected() async throws { try await eventually { phone("100") != nil } }
}
