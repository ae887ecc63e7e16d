import Foundation
import PatchbaySDK

extension Portal {
    /// The version of this program.
    public static let version = "1.0.0"

    /// How the server is, in figures; what they mean is the page's to say.
    public func health() async throws -> JSON {
        let commits = store.commitCounts
        let files = StoreFiles(path: store.path)
        let (integrity, versions) = try await store.read { db in
            (try IntegrityCheck.last(in: db), try Versions.json(in: db))
        }
        return [
            "plugins": .array(plugins.statuses.map(\.json)),
            "streams": .int(events.streamCount),
            "eventLagSeconds": .double(events.longestLag / .seconds(1)),
            "startedAt": .string(startedAt.rfc3339),
            "now": .string(clock.now.rfc3339),
            "store": [
                "batches": .int(commits.batches), "writes": .int(commits.calls),
                "databaseBytes": .int(files.databaseBytes), "walBytes": .int(files.walBytes),
                "freeDiskBytes": JSON(files.freeDiskBytes),
                "integrity": integrity.map {
                    ["checkedAt": .string($0.checkedAt.rfc3339), "faults": .array($0.faults.map(JSON.string))]
                } ?? .null,
            ],
            "versions": versions,
            "figures": .array(await pluginFigures()),
        ]
    }

    /// Has SQLite look through the whole file, and remembers what it found.
    public func checkIntegrity() async throws { try await IntegrityCheck(store: store, clock: clock).run() }

    /// Looks through a new file at once, through others once a day; first an hour after the start, when everybody has
    /// signed in.
    func watchIntegrity() async {
        let check = IntegrityCheck(store: store, clock: clock)
        await loggingFailure { try await check.runIfNew() }
        while (try? await clock.sleep(for: .seconds(3600))) != nil {
            await loggingFailure { try await check.runIfDue() }
        }
    }

    private func loggingFailure(_ check: () async throws -> Void) async {
        do { try await check() } catch {
            log.warning("integrity not checked", metadata: ["error": "\(error)"])
        }
    }

    /// What running plugins say of themselves, such as the depth of the outbox.
    private func pluginFigures() async -> [JSON] {
        var figures: [JSON] = []
        for plugin in plugins.running {
            guard let source = plugin.instance as? any MetricSource, let gauges = try? await source.gauges() else {
                continue
            }
            figures += gauges.map { gauge in
                [
                    "plugin": .string(plugin.id.rawValue), "name": .string(gauge.name), "help": .string(gauge.help),
                    "labels": .object(gauge.labels.mapValues(JSON.string)), "value": .double(gauge.value),
                ]
            }
        }
        return figures
    }
}

/// The sizes of the store's files.
private struct StoreFiles {
    let databaseBytes: Int
    let walBytes: Int
    /// `nil` when the system doesn't say.
    let freeDiskBytes: Int?

    init(path: String) {
        databaseBytes = Self.size(of: path)
        walBytes = Self.size(of: path + "-wal")
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let system = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        freeDiskBytes = (system?[.systemFreeSize] as? NSNumber)?.intValue
    }

    private static func size(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
}

/// What this server is made of.
private enum Versions {
    static func json(in db: Database) throws -> JSON {
        let owners = try OwnedMigration.applied(in: db)
        return [
            "patchbay": .string(Portal.version),
            "sdk": .string("\(Admission.hostSDK.major).\(Admission.hostSDK.minor)"),
            "swift": .string(swift),
            "sqlite": .string(try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? ""),
            "migrations": .array(
                owners.sorted { $0.key < $1.key }.map { owner, steps in
                    ["owner": .string(owner), "count": .int(steps.count), "last": JSON(steps.last)]
                }),
        ]
    }

    private static var swift: String {
        #if swift(>=6.4)
            "6.4"
        #elseif swift(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
