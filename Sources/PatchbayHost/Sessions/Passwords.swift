import Crypto
import Foundation
import PatchbaySDK
import Synchronization
import _CryptoExtras

/// Hashes and compares passwords with scrypt (RFC 7914), off the threads that serve requests.
public final class Passwords: Sendable {
    /// What one hash costs: about `128 × rounds × blockSize` bytes of memory, and the time to fill them.
    public struct Cost: Sendable, Equatable {
        let rounds: Int
        let blockSize: Int
        let parallelism: Int

        /// - Parameter rounds: A power of two. Anything cheaper than `standard` is for tests.
        public init(rounds: Int, blockSize: Int = 8, parallelism: Int = 1) {
            self.rounds = rounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 32 MiB; 50 to 100 ms.
        public static let standard = Cost(rounds: 1 << 15)
    }

    /// Characters; the shortest password that is accepted.
    public static let shortest = 10
    /// Bytes; longer ones are refused, so that nobody keeps us busy with them.
    public static let longestInBytes = 1024
    private static let mostWaiting = 100

    private let cost: Cost
    private let queue: OperationQueue
    private let waiting = Mutex(0)
    private let runs = Mutex(0)

    /// - Parameter cost: Of new hashes; old ones carry their own.
    public init(cost: Cost = .standard) {
        self.cost = cost
        queue = OperationQueue()
        queue.name = "patchbay.passwords"
        queue.maxConcurrentOperationCount = 2
    }

    /// How often scrypt ran so far; with one cost, each run takes as long.
    public var runCount: Int { runs.withLock { $0 } }

    /// Checks that `password` may be used.
    ///
    /// - Throws: `PortalError.invalid` `password.too-short`, `password.too-long`.
    public static func requireAcceptable(_ password: String) throws(PortalError) {
        guard password.count >= shortest else {
            throw PortalError(.invalid, id: "password.too-short", "A password has at least \(shortest) characters.")
        }
        guard password.utf8.count <= longestInBytes else {
            throw PortalError(.invalid, id: "password.too-long", "A password has at most \(longestInBytes) bytes.")
        }
    }

    /// The hash to store, with its parameters: `scrypt$N$r$p$salt$key`.
    ///
    /// - Throws: `PortalError.unavailable` (`session.busy`) when too many are waiting.
    public func hash(_ password: String) async throws -> String { try await work { try self.hashNow(password) } }

    /// As `hash`, on the caller's thread; for commands.
    public func hashNow(_ password: String) throws -> String {
        var generator = SystemRandomNumberGenerator()
        let salt = Data((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        let key = try key(password, salt: salt, cost: cost).withUnsafeBytes { Data($0) }
        let parts = ["scrypt", "\(cost.rounds)", "\(cost.blockSize)", "\(cost.parallelism)"]
        return (parts + [salt.base64EncodedString(), key.base64EncodedString()]).joined(separator: "$")
    }

    /// Whether `password` belongs to `hash`. It takes as long when there is no hash: nobody learns who exists.
    ///
    /// - Throws: `PortalError.unavailable` (`session.busy`) when too many are waiting.
    public func matches(_ password: String, _ hash: String?) async throws -> Bool {
        guard password.utf8.count <= Self.longestInBytes else { return false }
        return try await work {
            guard let stored = hash.flatMap(StoredHash.init) else {
                _ = try self.key(password, salt: Data(repeating: 0, count: 16), cost: self.cost)
                return false
            }
            // SymmetricKey compares in constant time.
            return try self.key(password, salt: stored.salt, cost: stored.cost) == stored.key
        }
    }

    private func key(_ password: String, salt: Data, cost: Cost) throws -> SymmetricKey {
        runs.withLock { $0 += 1 }
        // Keyboards differ in how they compose “é”; the password is the same.
        let bytes = Data(password.precomposedStringWithCanonicalMapping.utf8)
        return try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: 32, rounds: cost.rounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism)
    }

    private func work<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let isFull = waiting.withLock { count in
            guard count < Self.mostWaiting else { return true }
            count += 1
            return false
        }
        guard !isFull else {
            throw PortalError(
                .unavailable(retryAfter: .seconds(5)), id: "session.busy",
                "Too many people are signing in just now. Please try again.")
        }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try body() }) }
        }
    }
}

/// A stored hash, taken apart.
private struct StoredHash {
    let cost: Passwords.Cost
    let salt: Data
    let key: SymmetricKey

    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: parts[4]),
            let key = Data(base64Encoded: parts[5])
        else { return nil }
        cost = Passwords.Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        self.salt = salt
        self.key = SymmetricKey(data: key)
    }
}
