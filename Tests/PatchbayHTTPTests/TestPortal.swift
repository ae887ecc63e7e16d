import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PatchbayHost
import PatchbaySDK

@testable import PatchbayHTTP

/// A portal with two domains, each with two users who have chatted, and its server.
struct TestPortal: Sendable {
    let portal: Portal
    /// Signed-in cookies by login.
    let cookies: [String: String]
    /// Every id of the first domain, by the name of the path's place that takes it.
    let harborIDs: [String: String]

    static let ann = "1001@harbor.example"
    static let olga = "1004@harbor.example"
    static let theo = "2001@timber.example"
    static let theosManager = "2004@timber.example"
    /// What every text and name of the first domain contains.
    static let mark = "Quokka"
    private static let password = "correct-horse-9"

    static func make(settings: ServerSettings = ServerSettings()) async throws -> TestPortal {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder.appending(path: "Odd/Web"), withIntermediateDirectories: true)
        try OddPlugin.description.write(
            to: folder.appending(path: "Odd/plugin.json"), atomically: true, encoding: .utf8)
        try "<p>".write(to: folder.appending(path: "Odd/Web/index.html"), atomically: true, encoding: .utf8)
        let manifest: JSON = [
            "store": "store.sqlite", "listen": ["host": "127.0.0.1", "port": 0],
            "plugins": [["id": "chat", "folder": "Odd"]],
        ]
        let path = folder.appending(path: "manifest.json").path
        try Data(manifest.utf8).write(to: URL(filePath: path))
        var log = Logger(label: "test")
        log.logLevel = .critical
        let outbound = OutboundClient()
        let portal = try Portal(
            Portal.Places(manifest: path, store: folder.appending(path: "store.sqlite").path),
            passwords: Passwords(cost: Passwords.Cost(rounds: 16)), log: log, source: OddSource()
        ) { _, hosts in
            outbound.http(for: hosts)
        } makeNetwork: { _, hosts in
            OutboundNetworkClient().network(for: hosts)
        }
        await portal.startPlugins()
        let ids = try await seed(portal)
        var cookies: [String: String] = [:]
        for login in [ann, olga, theo, theosManager] {
            let signedIn = try await portal.sessions.signIn(
                login: login, password: password, address: "127.0.0.1", userAgent: "test")
            cookies[login] = "patchbay=\(signedIn.token)"
        }
        return TestPortal(portal: portal, cookies: cookies, harborIDs: ids)
    }

    /// Runs `body` against the portal's server.
    func serving(
        _ settings: ServerSettings = ServerSettings(), _ body: @escaping @Sendable (TestCaller) async throws -> Void
    ) async throws {
        let application = try PortalServer.application(portal: portal, settings: settings)
        try await application.test(.live) { client in
            try await body(TestCaller(client: client, cookies: cookies))
        }
        try await portal.shutdown()
    }

    private static func seed(_ portal: Portal) async throws -> [String: String] {
        let hash = try await portal.passwords.hash(password)
        let (ann, olga, contact, number) = try await portal.store.write { db in
            func user(_ number: String, _ name: String, _ scope: Scope, _ domain: String) throws -> User {
                try portal.directory.addUser(
                    NewUser(extension: number, fullName: name, scope: scope, passwordHash: hash),
                    to: DomainID(rawValue: domain), in: db)
            }
            for domain in ["harbor.example", "timber.example"] {
                try portal.directory.addDomain(
                    NewDomain(
                        id: DomainID(rawValue: domain), name: domain == "harbor.example" ? mark : "Timber",
                        region: "US",
                        timeZone: "America/Los_Angeles"), in: db)
            }
            for domain in ["harbor.example", "timber.example"] {
                try Gates.setSwitch(OddPlugin.id, .domain, subject: domain, isOn: true, in: db)
            }
            try Gates.setSwitch(OddPlugin.id, .system, subject: "", isOn: true, in: db)
            let ann = try user("1001", "Ann \(mark)", .basicUser, "harbor.example")
            let olga = try user("1004", "Olga \(mark)", .officeManager, "harbor.example")
            _ = try user("2001", "Theo", .basicUser, "timber.example")
            _ = try user("2004", "Tess", .officeManager, "timber.example")
            let contact = try portal.contacts.add(
                ContactDraft(
                    name: "Bob \(mark)", isShared: true,
                    numbers: [ContactCard.Endpoint(label: "Mobile", value: "+16195550142")]), for: ann.caller, in: db)
            let number = try portal.numbers.add(
                typed: "+16195550188", to: ann.domain, label: "\(mark) desk", carrier: nil, in: db)
            try portal.numbers.assign(number.number, to: ann.id, of: ann.domain, in: db)
            return (ann, olga, contact, number)
        }
        let file = try await portal.attachments.add(
            Array(mark.utf8), name: "\(mark).txt", mediaType: "text/plain", by: ann.caller)
        let chat = try await portal.messaging.open(chatWith: [olga.id], title: nil, by: ann.caller)
        let sent = try await portal.messaging.send(
            "\(mark) is here", to: chat.id, by: ann.caller, clientID: "seed", attachments: [file.id])
        try await portal.store.write { db in
            // Placed long ago, by an adapter that doesn't run here.
            try db.execute(
                sql: """
                    INSERT INTO call (id, domainId, userId, clientId, plugin, kind, destination, name, state, startedAt,
                        endedAt) VALUES ('olgas-call', ?, ?, 'seed', 'pbx', 'number', '+16195550142', ?, 'cancelled',
                        0, 1)
                    """, arguments: [olga.domain, olga.id, "Bob \(mark)"])
        }
        return [
            "user": ann.id.rawValue, "contact": contact.id.rawValue, "number": "%2B" + number.number.e164.dropFirst(),
            "conversation": chat.id.rawValue, "message": sent.stored.message.id.rawValue,
            "attachment": file.id.rawValue, "call": "olgas-call",
            "domain": "harbor.example", "list": "users",
        ]
    }
}

/// Asks the server as one of the users, from the portal's own page unless told.
struct TestCaller: Sendable {
    let client: any TestClientProtocol
    let cookies: [String: String]

    func ask(
        _ method: HTTPRequest.Method, _ path: String, as login: String? = nil, body: String? = nil,
        headers: [String: String] = ["sec-fetch-site": "same-origin", "content-type": "application/json"]
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
        if let login { fields[.cookie] = cookies[login] }
        let answer = try await client.execute(
            uri: path, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) })
        return Answer(status: answer.status.code, headers: answer.headers, body: Array(answer.body.readableBytesView))
    }
}

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSON? { try? JSON(parsing: body) }
    /// The problem's id; `nil` when the answer is none.
    var problem: String? {
        headers[.contentType] == "application/problem+json" ? json?["id"]?.string : nil
    }
}
