import Foundation
import Logging
import PatchbaySDK

extension PluginRegistry {
    /// What a reload comes to, before anything of it takes effect.
    struct Outcome {
        /// Kept or new, in the order of their start.
        var lives: [LivePlugin] = []
        var declined: [PluginID: Decline] = [:]
    }

    func readManifestAndApply() async -> [PluginStatus] {
        let manifest: Manifest
        do { manifest = try Manifest(readingFrom: manifestPath) } catch {
            log.error("manifest not usable, plugins unchanged", metadata: ["reason": "\(error)"])
            state.withLock { $0.manifestFault = error }
            return statuses
        }
        let survey = PluginSurvey(of: manifest, environment: environment, overrides: knownOverrides())
        await takeOver(prepare(survey), survey: survey)
        return statuses
    }

    /// What administrators have changed. Without them the manifest alone decides, which is better than no portal.
    func knownOverrides() -> PluginOverrides {
        do { return try loadOverrides() } catch {
            log.error("changes made in the portal not read", metadata: ["error": "\(error)"])
            return PluginOverrides()
        }
    }

    /// Makes the outcome what everybody sees, ends the work of what it replaces, and starts that of what is new.
    func takeOver(_ outcome: Outcome, survey: PluginSurvey) async {
        let former = publish(outcome, survey: survey)
        await endWork(of: former.filter { old in !outcome.lives.contains { $0.generation == old.generation } })
        for live in outcome.lives where live.work == nil { startWork(of: live) }
    }

    func stopEverything() async {
        let lives = state.withLock { state in
            defer {
                state.lives = [:]
                state.snapshot = RegistrySnapshot(running: [])
                state.statuses = []
                state.makeContext = nil
                state.listeners = []
            }
            return Array(state.lives.values)
        }
        await endWork(of: lives)
    }

    /// Finds out who stays, makes the new instances, and declines who can't start.
    func prepare(_ survey: PluginSurvey) -> Outcome {
        let (former, makeContext) = state.withLock { ($0.lives, $0.makeContext) }
        var outcome = Outcome(declined: survey.declined)
        guard let makeContext else { return outcome }
        let starter = PluginStarter(source: source, migrate: migrate, makeContext: makeContext)
        for plugin in survey.ordered {
            do {
                try survey.checkRequirements(
                    of: plugin, running: outcome.lives.map(\.running.description), declined: outcome.declined)
                if let old = former[plugin.id], old.plugin.isSame(as: plugin) {
                    outcome.lives.append(old)
                } else {
                    let taken = RegistrySnapshot(running: outcome.lives.map(\.running))
                    let running = try starter.start(plugin, taken: taken)
                    let generation = state.withLock { $0.nextGeneration() }
                    outcome.lives.append(
                        LivePlugin(plugin: plugin, running: running, generation: generation, work: nil))
                }
            } catch {
                outcome.declined[plugin.id] = error
            }
        }
        return outcome
    }

    /// Makes the outcome what everybody sees, in one step.
    ///
    /// - Returns: what ran before.
    private func publish(_ outcome: Outcome, survey: PluginSurvey) -> [LivePlugin] {
        let now = clock.now
        let (former, changed, gone, listeners) = state.withLock { state in
            let former = state.lives
            let before = Dictionary(state.statuses.map { ($0.id, $0) }) { first, _ in first }
            state.lives = Dictionary(outcome.lives.map { ($0.running.id, $0) }) { first, _ in first }
            let running = survey.ids.compactMap { state.lives[$0]?.running }
            state.snapshot = RegistrySnapshot(running: running)
            state.manifestFault = nil
            state.survey = survey
            state.statuses = survey.ids.map { id in
                // One that stays may be degraded; its supervisor knows.
                if let live = state.lives[id], live.generation == former[id]?.generation, let status = before[id] {
                    return status
                }
                return survey.status(of: id, isRunning: state.lives[id] != nil, outcome.declined[id], at: now)
                    .continuing(before[id])
            }
            let changed = state.statuses.filter { before[$0.id] != $0 }
            return (former, changed, Set(before.keys).subtracting(survey.ids), state.listeners)
        }
        for status in changed { tell(status) }
        for id in gone { log.info("plugin removed from the manifest", metadata: ["plugin": "\(id)"]) }
        for listener in listeners { listener() }
        return Array(former.values)
    }

    private func endWork(of lives: [LivePlugin]) async {
        for live in lives.sorted(by: { $0.generation > $1.generation }) {
            guard await !live.end(clock: clock) else { continue }
            log.warning("plugin doesn't end its work, left behind", metadata: ["plugin": "\(live.running.id)"])
        }
    }

    private func startWork(of live: LivePlugin) {
        let supervisor = Supervisor(instance: live.running.instance, clock: clock) { [weak self] health in
            self?.note(health, of: live)
        }
        // Cancelled by endWork, when the plugin goes, is swapped or the portal shuts down.
        // What it writes from now on is no part of an administrator's deed that has started it.
        let work = Deed.$current.withValue(nil) { Task { await supervisor.supervise() } }
        state.withLock { $0.lives[live.running.id]?.work = work }
    }

    private func note(_ health: Supervisor.Health, of live: LivePlugin) {
        let decline: Decline? =
            switch health {
            case .sound: nil
            case .failing(let sentence, let mend):
                Decline(
                    id: "plugin.run-failed", "Its background work failed and is tried again: \(sentence)",
                    mend: mend
                        ?? "Nothing, if it recovers by itself; else look at the log lines of “\(live.running.id)”.")
            }
        let status = PluginStatus(
            live.running.id, live.running.description, decline == nil ? .running : .degraded, because: decline,
            at: clock.now)
        let listeners: [@Sendable () -> Void]? = state.withLock { state in
            // A former instance has nothing to say any more.
            guard state.lives[status.id]?.generation == live.generation,
                let index = state.statuses.firstIndex(where: { $0.id == status.id })
            else { return nil }
            state.statuses[index] = status.continuing(state.statuses[index])
            return state.listeners
        }
        guard let listeners else { return }
        tell(status)
        for listener in listeners { listener() }
    }

    private func tell(_ status: PluginStatus) {
        let isFine = status.state == .running || status.state == .off
        var facts: Logger.Metadata = ["plugin": "\(status.id)", "version": "\(status.version)"]
        if let reason = status.reason, let mend = status.mend {
            facts["reason"] = "\(reason)"
            facts["mend"] = "\(mend)"
        }
        log.log(level: isFine ? .info : .warning, "plugin \(status.state.rawValue)", metadata: facts)
    }
}
