import PatchbaySDK
import Synchronization

/// Signals that wait for guests. Guests have no account and so no event stream: they ask, and wait for an answer.
///
/// Kept in memory: a signal is of use while both windows live, and they start over when the server did.
final class Mailboxes: Sendable {
    /// A guest's window in a session. What a window calls itself is its own choice: in another session it may be another's.
    struct Address: Hashable, Sendable {
        let session: String
        let peer: String
    }

    private struct Box {
        var signals: [Signal] = []
        let bell = Bell()
    }

    /// A guest who doesn't fetch them loses the oldest; his window then starts over.
    private static let mostSignals = 200
    private let boxes = Mutex<[Address: Box]>([:])

    /// Opens the box of a guest's window; an open one stays as it is.
    func open(_ address: Address) {
        boxes.withLock { boxes in boxes[address] = boxes[address] ?? Box() }
    }

    /// Closes it; who waits there is told nothing more.
    func close(_ address: Address) {
        boxes.withLock { $0.removeValue(forKey: address) }?.bell.ring()
    }

    /// Puts a signal in, if the box is open.
    func put(_ signal: Signal, in session: String) {
        let address = Address(session: session, peer: signal.to)
        let bell = boxes.withLock { boxes -> Bell? in
            guard var box = boxes[address] else { return nil }
            box.signals = box.signals.suffix(Self.mostSignals - 1) + [signal]
            boxes[address] = box
            return box.bell
        }
        bell?.ring()
    }

    /// Lets those who wait look at the session again.
    func wake(_ addresses: [Address]) {
        let bells = boxes.withLock { boxes in addresses.compactMap { boxes[$0]?.bell } }
        for bell in bells { bell.ring() }
    }

    /// Empties the box; waits for something to come, at most `limit`.
    func take(_ address: Address, atMost limit: Duration, clock: any PortalClock) async -> [Signal] {
        if let signals = empty(address), !signals.isEmpty { return signals }
        guard let bell = boxes.withLock({ $0[address]?.bell }) else { return [] }
        await bell.wait(atMost: limit, clock: clock)
        return empty(address) ?? []
    }

    private func empty(_ address: Address) -> [Signal]? {
        boxes.withLock { boxes in
            let signals = boxes[address]?.signals
            boxes[address]?.signals = []
            return signals
        }
    }
}
