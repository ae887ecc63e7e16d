import Foundation
import PatchbaySDK

extension Portal {
    /// How long events can be replayed.
    public static let eventRetention = Duration.seconds(7 * 24 * 3600)

    /// Does the host's own background work until it is cancelled: signs of life, presence, the search index, watching
    /// for changes by other programs, and forgetting old events.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.repeating("heartbeat", every: .seconds(15)) { self.events.beat() } }
            group.addTask { await self.repeating("search index", every: .seconds(1)) { try await self.index.run() } }
            group.addTask { await self.watchOthers() }
            group.addTask { await Scheduler(scheduled: self.scheduled, log: self.log).run() }
            group.addTask {
                await AwayReplies(messaging: self.messaging, preferences: self.preferences, log: self.log).run()
            }
            group.addTask { await self.push?.run() }
            group.addTask {
                await Watch(name: "claims", bell: self.messaging.claims.bell, clock: self.clock, log: self.log)
                    .run { try await self.messaging.endExpiredClaims() }
            }
            group.addTask { await self.repeating("calls", every: Calls.round) { try await self.watchCalls() } }
            group.addTask {
                await self.repeating("news of phones", every: PhoneNews.pause) {
                    try await self.phoneNews.run(clock: self.clock)
                }
            }
            group.addTask {
                await self.repeating("recheck of sessions", every: .seconds(30)) { try await self.recheckReaders() }
            }
            group.addTask {
                await self.repeating("pruning", every: .seconds(3600)) {
                    try await self.sessions.prune()
                    try await self.scheduled.prune()
                    try await self.sessions.pruneEmbedTokens()
                    try await self.store.write { db in try self.pushSubscriptions.prune(in: db) }
                    let age = Double(Self.eventRetention.components.seconds)
                    try await self.events.prune(before: self.clock.now.addingTimeInterval(-age))
                }
            }
            group.addTask { await self.watchIntegrity() }
            group.addTask {
                let retention = self.retention
                await self.repeating("retention", every: .seconds(3600)) { try await retention.run() }
            }
            group.addTask {
                await Watch(name: "erasures", bell: self.erasureBell, clock: self.clock, log: self.log)
                    .run { try await self.eraser.run() }
            }
            group.addTask {
                await self.repeating("cleaning of files", every: .seconds(86_400)) {
                    try await self.attachments.clean()
                }
            }
            group.addTask {
                await self.repeating("number features", every: AdapterFeatures.interval) {
                    try await self.adapterFeatures.refresh(
                        from: self.plugins.providers(of: (any NumberFeatures).self), store: self.store)
                }
            }
            group.addTask {
                await self.presenceNews.run(clock: self.clock) { reader in
                    let caller = Caller(user: reader.user, domain: reader.domain, scope: .basicUser)
                    return try await self.store.read { db in
                        try self.gates.closedGate(ChannelKind.chat.plugin, for: caller, in: db) == nil
                    }
                }
            }
        }
    }

    private var retention: Retention {
        Retention(messaging: messaging, store: store, attachments: attachments, clock: clock)
    }

    private var eraser: Eraser {
        Eraser(
            messaging: messaging, directory: directory, attachments: attachments,
            keepers: { [plugins] in plugins.providers(of: (any RecordKeeper).self) },
            isRunning: { [plugins] in plugins.isRunning($0) }, log: log)
    }

    private var index: SearchIndex { SearchIndex(store: store, clock: clock) }

    /// The command line may change users and switches while the server runs; browsers should see it at once. It may also
    /// have asked for somebody to be erased.
    private func watchOthers() async {
        var version = 0
        // The first look comes at once: what changes from then on is news.
        repeat {
            guard (try? await store.wasChangedByOthers(since: &version)) == true else { continue }
            do { try await recheckReaders() } catch {
                log.warning("sessions not rechecked", metadata: ["error": "\(error)"])
            }
            Self.tellEverybody(events)
            erasureBell.ring()
        } while (try? await clock.sleep(for: .seconds(1))) != nil
    }

    /// Cuts the streams of sessions and tokens that have ended or run out, whoever ended them.
    private func recheckReaders() async throws {
        try await sessions.recheckAll()
        let open = events.sessions
        let ended = try await store.read { [tokens] db in try tokens.ended(among: open, in: db) }
        for session in ended { events.disconnect(session: session) }
    }

    /// Does `deed` again and again; an error is logged and ends one round only.
    private func repeating(
        _ name: String, every pause: Duration, _ deed: @escaping @Sendable () async throws -> Void
    ) async {
        repeat {
            do { try await deed() } catch is CancellationError { return } catch {
                log.warning("\(name) failed", metadata: ["error": "\(error)"])
            }
        } while (try? await clock.sleep(for: pause)) != nil
    }
}

extension ChannelKind {
    /// The plugin of the kind's feature: they have the same name.
    fileprivate var plugin: PluginID { PluginID(rawValue: rawValue) }
}
