import Foundation
import PatchbaySDK

/// Has SQLite look through the whole file once a day, and remembers what it found.
struct IntegrityCheck: Sendable {
    let store: PortalStore
    let clock: any PortalClock

    /// How old the last look may get.
    static let interval: TimeInterval = 24 * 3600
    private static let key = "integrity"

    /// What the last look found; `nil` when there was none.
    static func last(in db: Database) throws -> (checkedAt: Date, faults: [String])? {
        guard let text = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key]),
            let json = try? JSON(parsing: text), let at = json["at"]?.int
        else { return nil }
        return (Date(milliseconds: at), (json["faults"]?.array ?? []).compactMap(\.string))
    }

    /// Looks if nobody ever has: a new file is small.
    func runIfNew() async throws {
        guard try await store.read({ db in try Self.last(in: db) }) == nil else { return }
        try await run()
    }

    /// Looks if the last look is too old.
    func runIfDue() async throws {
        let last = try await store.read { db in try Self.last(in: db)?.checkedAt }
        guard clock.now.timeIntervalSince(last ?? .distantPast) >= Self.interval else { return }
        try await run()
    }

    /// Looks now. On a large file it takes as long as reading it.
    @discardableResult
    func run() async throws -> [String] {
        let store = store
        // Off the threads that serve requests.
        let faults = try await withCheckedThrowingContinuation { (done: CheckedContinuation<[String], any Error>) in
            DispatchQueue.global(qos: .utility).async { done.resume(with: Result { try store.integrityFaults() }) }
        }
        let found: JSON = ["at": .int(clock.now.milliseconds), "faults": .array(faults.map(JSON.string))]
        try await store.write { db in
            try db.execute(
                sql: "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                arguments: [Self.key, found.text])
        }
        return faults
    }
}
