import PatchbaySDK

/// Tries a plugin against the rules that every plugin keeps.
///
/// ```swift
/// @Test func keepsTheRulesOfTheHouse() async {
///     let findings = await PluginConformance.findings(for: HelloPlugin.self) { host, person in
///         _ = try await host.request(.post, "greetings", as: person, json: ["text": "Good morning"])
///     }
///     #expect(findings.isEmpty)
/// }
/// ```
public enum PluginConformance {
    /// Everything that `Tested` does against the rules; empty for a good plugin.
    ///
    /// - Parameters:
    ///   - description: The text of `plugin.json`; when left out, that of the file nearest to the test.
    ///   - settings: What the operator wrote.
    ///   - systemTables: Tables that hold nothing of any domain, such as the state of a carrier's connection.
    ///   - seed: Makes some rows of the plugin's as the person it is given (`.alice`, of acme.example). Then no GET
    ///     route may show any of them to `.eve`, of globex.example, whatever ids she guesses.
    public static func findings<Tested: Plugin>(
        for _: Tested.Type, description: String? = nil, settings: JSON = [:], systemTables: Set<String> = [],
        testFile: String = #filePath,
        seed: (@Sendable (TestHost<Tested>, TestPerson) async throws -> Void)? = nil
    ) async -> [Finding] {
        do {
            guard let text = description ?? PluginDescription.text(near: testFile) else {
                return [Finding(.oneID, "There is no plugin.json near \(testFile).")]
            }
            let described = try PluginDescription(text)
            let host = try await TestHost(Tested.self, settings: settings, description: text)
            // Read before anything else is done with the host.
            let isInitQuick = host.store.useCount == 0 && host.http.requests.isEmpty
            var findings = ids(of: Tested.self, described)
            if !isInitQuick {
                findings.append(Finding(.quickInit, "init(context:) uses the store or HTTP; do that in run()."))
            }
            findings += try tables(of: Tested.self, in: host.store, systemTables: systemTables)
            findings += try migrations(of: Tested.self, in: host.store)
            findings += permissions(of: host.plugin, described)
            findings += try await end(of: host)
            if let seed { findings += try await isolation(of: host, seed: seed) }
            findings += try events(of: host, described)
            return findings
        } catch {
            return [Finding(.starts, "The plugin can't be tried: \(error)")]
        }
    }

    private static func ids<Tested: Plugin>(of _: Tested.Type, _ described: PluginDescription) -> [Finding] {
        let id = Tested.id.rawValue
        var findings: [Finding] = []
        if described.id != id {
            findings.append(
                Finding(.oneID, "The code says the id is \"\(id)\", plugin.json says \"\(described.id ?? "nothing")\".")
            )
        }
        if id.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) == nil {
            findings.append(Finding(.oneID, "The id \"\(id)\" is not made of lower-case letters, digits and hyphens."))
        }
        return findings
    }

    private static func permissions(of plugin: some Plugin, _ described: PluginDescription) -> [Finding] {
        let known = Set(described.permissions.keys).union([.portal, .placeCalls, .domainAdmin, .systemAdmin])
        return plugin.routes.compactMap { route in
            guard case .user(let permission) = route.access, !known.contains(permission) else { return nil }
            return Finding(
                .declaredPermissions,
                "\(route.method) \(route.path) requires \(permission), which plugin.json doesn't declare.")
        }
    }
}
