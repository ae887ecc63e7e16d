import PatchbaySDK

extension PluginConformance {
    /// A second without other work, and as much again.
    private static var turns: Int { 200 }

    /// Starts `run()`, cancels it once it rests, and looks whether it ends in time.
    static func end<Tested: Plugin>(of host: TestHost<Tested>) async throws -> [Finding] {
        let work = Task { [plugin = host.plugin] in try await plugin.run() }
        let (outcome, tell) = AsyncStream.makeStream(of: Bool.self)
        // Neither task is waited for: a run() that never ends must not keep the test from ending.
        let watch = Task {
            _ = await work.result
            tell.yield(true)
        }
        let limit = Task {
            // Real time: what the work does first gets a moment, then it is cancelled and has the second of the rule.
            try await Task.sleep(for: .milliseconds(50))
            work.cancel()
            // In turns, not in one piece: where all processors are busy with other tests, each turn comes as late as the
            // work's own do, and a sound plugin isn't blamed for them.
            for _ in 1...Self.turns { try await Task.sleep(for: .milliseconds(10)) }
            tell.yield(false)
        }
        defer {
            watch.cancel()
            limit.cancel()
        }
        let hasEnded = await outcome.first { _ in true } ?? true
        return hasEnded ? [] : [Finding(.promptEnd, "run() goes on for more than a second after it was cancelled.")]
    }

    /// What was published so far, against `plugin.json`.
    static func events<Tested: Plugin>(of host: TestHost<Tested>, _ described: PluginDescription) throws -> [Finding] {
        let prefix = Tested.id.rawValue + "."
        let published = Set(try host.events.published.map(\.name)).filter { !hostEvents.contains($0) }
        let signalled = Set(host.events.signalled.map(\.name))
        var findings = published.union(signalled).union(described.events).sorted().compactMap { name -> Finding? in
            guard name.hasPrefix(prefix) else {
                return Finding(.declaredEvents, "The event \"\(name)\" doesn't begin with \"\(prefix)\".")
            }
            guard described.events.contains(name) else {
                return Finding(.declaredEvents, "The event \"\(name)\" is not declared in plugin.json.")
            }
            return nil
        }
        // A signal tells what goes on just now (typing), a stored event what has happened (message.received).
        findings += published.sorted().filter { !isPastParticiple($0.split(separator: ".").last ?? "") }.map { name in
            Finding(.declaredEvents, "The event \"\(name)\" must end in what has happened, such as received or sent.")
        }
        return findings
    }

    /// What the host itself publishes when messages are sent and received.
    private static let hostEvents: Set<String> = ["message.created", "message.changed"]

    private static func isPastParticiple(_ word: Substring) -> Bool {
        word.hasSuffix("ed") || irregular.contains(String(word.split(separator: "-").last ?? word))
    }

    private static let irregular: Set<String> = [
        "begun", "bound", "broken", "built", "cut", "done", "found", "given", "gone", "heard", "held", "kept", "left",
        "lost", "made", "met", "paid", "put", "read", "rung", "seen", "sent", "set", "shown", "shut", "spoken", "swept",
        "taken", "told", "withdrawn", "won", "written",
    ]
}
