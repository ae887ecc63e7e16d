import Foundation
import PatchbaySDK
import Synchronization

/// Counts tries to sign in: at most ten a minute for an account and for an address.
///
/// In memory and bounded; a restart forgives. It goes by the time that passes, so a clock that is set neither forgives nor
/// makes anybody wait longer.
final class SignInThrottle: Sendable {
    static let mostTries = 10
    static let span = Duration.seconds(60)
    private static let mostKeys = 20_000

    private let tries = Mutex<[String: [Duration]]>([:])

    /// Counts a try for each of `keys`, unless one of them has used up its tries.
    ///
    /// - Parameter now: The clock's `elapsed`.
    /// - Returns: `nil` when the try may go on, else how long to wait.
    func take(_ keys: [String], at now: Duration) -> Duration? {
        tries.withLock { tries in
            let recent = keys.map { key in (tries[key] ?? []).filter { now - $0 < Self.span } }
            let full = recent.filter { $0.count >= Self.mostTries }
            if let freeAt = full.compactMap({ $0.first.map { $0 + Self.span } }).max() {
                return .seconds(max(1, ((freeAt - now).milliseconds + 999) / 1000))
            }
            if tries.count >= Self.mostKeys { Self.forget(&tries, at: now) }
            for (key, dates) in zip(keys, recent) { tries[key] = dates + [now] }
            return nil
        }
    }

    /// Takes a try back: it was the right password.
    func giveBack(_ keys: [String]) {
        tries.withLock { tries in
            for key in keys where tries[key]?.isEmpty == false { tries[key]?.removeLast() }
        }
    }

    /// The part of an address that one customer of an Internet provider has: all of IPv4, 64 bits of IPv6.
    static func network(of address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return address }
        var parsed = in6_addr()
        let bare = String(address.prefix { $0 != "%" })
        guard inet_pton(AF_INET6, bare, &parsed) == 1 else { return address }
        return withUnsafeBytes(of: parsed) {
            $0.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
        }
    }

    private static func forget(_ tries: inout [String: [Duration]], at now: Duration) {
        tries = tries.filter { _, times in times.last.map { now - $0 < span } ?? false }
        if tries.count >= mostKeys { tries = tries.filter { $0.value.count >= mostTries / 2 } }
        if tries.count >= mostKeys { tries.removeAll() }
    }
}
