import PatchbaySDK
import Synchronization

/// What PBX adapters last said of our numbers, kept so that gates can ask without waiting.
public final class AdapterFeatures: Sendable {
    /// How often adapters are asked.
    public static let interval = Duration.seconds(60)

    private let known = Mutex<[PhoneNumber: Set<NumberFeature>]>([:])

    /// Makes an empty memory; the registry fills it.
    public init() {}

    /// The features that adapters gave the number.
    public func features(of number: PhoneNumber) -> Set<NumberFeature> { known.withLock { $0[number] ?? [] } }

    /// Asks every adapter about every number; an adapter that can't be asked keeps what it said before.
    func refresh(from providers: [any NumberFeatures], store: any Store) async throws {
        guard !providers.isEmpty else { return known.withLock { $0 = [:] } }
        let numbers = try await store.read { db in
            try Row.fetchAll(db, sql: "SELECT number, domainId FROM number").map { row -> (PhoneNumber, DomainID) in
                (row["number"], row["domainId"])
            }
        }
        var fresh: [PhoneNumber: Set<NumberFeature>] = [:]
        for (number, domain) in numbers {
            for provider in providers {
                do {
                    fresh[number, default: []].formUnion(try await provider.features(of: number, in: domain))
                } catch {
                    fresh[number, default: []].formUnion(features(of: number))
                }
            }
        }
        known.withLock { $0 = fresh }
    }
}
