import Foundation
import PatchbaySDK
import Synchronization

/// Who has the portal before their eyes: browsers say so, and again every minute while it is so.
///
/// Kept in memory: after a restart nobody is, and a notice too many is better than one too few.
public final class PortalFront: Sendable {
    /// How long a word of a browser holds.
    static let holdsFor: TimeInterval = 90

    private struct Word {
        let user: UserID
        let until: Date
    }

    private let clock: any PortalClock
    private let words = Mutex<[String: Word]>([:])
    private let isOpen: @Sendable (_ session: String, _ user: UserID) -> Bool

    /// - Parameter isOpen: Whether the session has an event stream: a browser that was closed says nothing any more.
    init(clock: any PortalClock, isOpen: @escaping @Sendable (String, UserID) -> Bool) {
        self.clock = clock
        self.isOpen = isOpen
    }

    /// A browser says how it is.
    public func set(_ isInFront: Bool, session: String, of user: UserID) {
        let now = clock.now
        words.withLock { words in
            words = words.filter { $0.value.until > now }
            words[session] = isInFront ? Word(user: user, until: now.addingTimeInterval(Self.holdsFor)) : nil
        }
    }

    /// Whether the user has the portal in front, in any browser.
    func isInFront(_ user: UserID) -> Bool {
        let now = clock.now
        let sessions = words.withLock { words in
            words.filter { $0.value.user == user && $0.value.until > now }.map(\.key)
        }
        return sessions.contains { isOpen($0, user) }
    }
}
