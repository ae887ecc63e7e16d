import PatchbaySDK

extension Permission {
    /// May greet and see greetings.
    static let helloUse = Permission(rawValue: "hello.use")
}

extension HelloPlugin {
    /// What the plugin answers, below `/api/v1/hello/`.
    @RouteBuilder public var routes: [Route] {
        Route.get("greetings", requires: .helloUse) { try await list($0) }
        Route.post("greetings", requires: .helloUse) { try await greet($0) }
    }

    private func list(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let greetings = try await context.store.read { db in try Greeting.newest(50, for: caller, in: db) }
        return .json(["items": .array(greetings.map(\.json))])
    }

    private func greet(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let to = UserID(rawValue: try request.json(Self.greetBody)["to"]?.string ?? "")
        let now = context.clock.now
        // One transaction: no event without its row, and no row without its event.
        let greeting = try await context.store.write { [self] db in
            // Asked within the caller's own domain, so somebody else's user is as unknown as nobody's.
            guard let person = try context.directory.user(to, of: caller.domain, in: db) else {
                throw PortalError.notFound("user")
            }
            let greeting = Greeting(
                id: GreetingID(at: now), domain: caller.domain, from: caller.user, to: to,
                text: "\(salutation), \(person.fullName)", sentAt: now)
            try greeting.insert(in: db)
            try context.events.publish(.sent(greeting), in: db)
            return greeting
        }
        return .json(greeting.json, status: 201)
    }

    private static let greetBody = Schema([
        "type": "object", "required": ["to"], "additionalProperties": false,
        "properties": ["to": ["type": "string", "minLength": 1, "maxLength": 64]],
    ])
}
