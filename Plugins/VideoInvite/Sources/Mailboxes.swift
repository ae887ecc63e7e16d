import PatchbaySDK
import Synchronization

/// Signals that wait for guests. Guests have no account and so no event stream: they ask, and wait for an answer.
///
/// Kept in memory: a signal is of use while both windows live, and they start over when the server did.
final class Mailboxes: Sendable {
    private struct Box {
        var signals: [Signal] = []
        let bell = Bell()
    }

    /// A guest who doesn't fetch them loses the oldest; his window then starts over.
    private static let mostSignals = 200
    private let boxes = Mutex<[String: Box]>([:])

    /// Opens the box of a guest's window; an open one stays as it is.
    func open(_ peer: String) {
        boxes.withLock { boxes in boxes[peer] = boxes[peer] ?? Box() }
    }

    /// Closes it; who waits there is told nothing more.
    func close(_ peer: String) {
        boxes.withLock { $0.removeValue(forKey: peer) }?.bell.ring()
    }

    /// Puts a signal in, if the box is open.
    func put(_ signal: Signal) {
        let bell = boxes.withLock { boxes -> Bell? in
            guard var box = boxes[signal.to] else { return nil }
            box.signals = box.signals.suffix(Self.mostSignals - 1) + [signal]
            boxes[signal.to] = box
            return box.bell
        }
        bell?.ring()
    }

    /// Lets those who wait look at the session again.
    func wake(_ peers: [String]) {
        let bells = boxes.withLock { boxes in peers.compactMap { boxes[$0]?.bell } }
        for bell in bells { bell.ring() }
    }

    /// Empties the box; waits for something to come, at most `limit`.
    func take(_ peer: String, atMost limit: Duration, clock: any PortalClock) async -> [Signal] {
        if let signals = empty(peer), !signals.isEmpty { return signals }
        guard let bell = boxes.withLock({ $0[peer]?.bell }) else { return [] }
        await bell.wait(atMost: limit, clock: clock)
        return empty(peer) ?? []
    }

    private func empty(_ peer: String) -> [Signal]? {
        boxes.withLock { boxes in
            let signals = boxes[peer]?.signals
            boxes[peer]?.signals = []
            return signals
        }
    }
}
