import FakePBX
import Foundation
import Logging
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

/// A portal with a fake PBX: Ann, Ben and Cleo in `harbor.example`, Theo in `timber.example`; Bob is in Ann's book.
final class CallInstallation: Sendable {
    static let harbor = DomainID(rawValue: "harbor.example")
    static let bob = PhoneNumber(e164: "+16195550142")!
    let folder: URL
    let clock = TestClock()
    let portal: Portal
    let ann: Caller
    let ben: Caller
    let theo: Caller

    /// - Parameter hasPBX: Whether `manifest.json` names the adapter.
    init(hasPBX: Bool = true, settings: JSON = [:]) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "patchbay-calls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let entry: JSON = ["id": "fake-pbx", "folder": .string(Self.papers), "settings": settings]
        try Data(Papers.manifest(hasPBX ? [entry] : []).utf8).write(to: folder.appending(path: "manifest.json"))
        portal = try Self.portal(in: folder, clock: clock)
        await portal.startPlugins()
        (ann, ben, theo) = try await portal.store.write { [portal] db in
            func user(_ extension: String, _ name: String, _ domain: String) throws -> Caller {
                try portal.directory.addUser(
                    NewUser(extension: `extension`, fullName: name, scope: .basicUser, passwordHash: nil),
                    to: DomainID(rawValue: domain), in: db
                ).caller
            }
            for domain in ["harbor.example", "timber.example"] {
                try portal.directory.addDomain(
                    NewDomain(
                        id: DomainID(rawValue: domain), name: domain, region: "US", timeZone: "America/Los_Angeles"),
                    in: db)
            }
            let ann = try user("1001", "Ann Whitfield", "harbor.example")
            let ben = try user("1002", "Ben Okafor", "harbor.example")
            _ = try portal.contacts.add(
                ContactDraft(
                    name: "Bob Smith", isShared: false,
                    numbers: [ContactCard.Endpoint(label: "Mobile", value: Self.bob.e164)]), for: ann, in: db)
            return (ann, ben, try user("2001", "Theo Lindqvist", "timber.example"))
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A portal on the same store, as after a restart.
    static func portal(in folder: URL, clock: TestClock) throws -> Portal {
        try Portal(
            Portal.Places(
                manifest: folder.appending(path: "manifest.json").path, store: folder.appending(path: "s.sqlite").path),
            clock: clock, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            source: TypesInProcess(FakePBX.self)
        ) { _, _ in
            NoWayOut()
        } makeNetwork: { _, _ in
            NoWayOut()
        }
    }

    /// `Tests/Fixtures/FakePBX`, with the adapter's `plugin.json`.
    private static let papers =
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/FakePBX").standardized.path

    var pbx: FakePBX { get throws { try #require(portal.plugins.instance(FakePBX.id) as? FakePBX) } }

    /// Ann calls.
    func call(_ to: String, clientID: String = "press-1") async throws -> PlacedCall {
        try await portal.calls.place(.typed(to), clientID: clientID, by: ann).call
    }

    /// Where the call stands.
    func now(_ call: PlacedCall) async throws -> PlacedCall {
        try await portal.store.read { [portal, ann] db in try portal.calls.call(call.id, of: ann, in: db) }
    }

    /// The refusal of what Ann dials.
    func refusal(_ to: String) async -> PortalError? {
        await #expect(throws: PortalError.self) { try await self.call(to) }
    }
}

/// No outside host can be reached.
struct NoWayOut: OutboundHTTP, OutboundNetwork {
    func send(_ request: OutboundRequest) async throws -> OutboundAnswer { throw PortalError.notFound("host") }
    func connect(
        to host: String, port: Int, security: StreamSecurity, timeout: Duration
    ) async throws -> any ByteStream { throw PortalError.notFound("host") }
}
