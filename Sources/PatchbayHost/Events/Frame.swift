import PatchbaySDK

/// Text for an event stream, ready to be written (WHATWG HTML, §9.2 Server-sent events).
public struct Frame: Sendable {
    /// One or several whole SSE blocks.
    public let bytes: [UInt8]

    static let heartbeat = Frame(bytes: Array(":\n\n".utf8))

    /// The first bytes of a stream: when to come back, and from where.
    static func opening(at position: EventPosition) -> Frame {
        Frame(bytes: Array("retry: 2000\nid: \(position)\n\n".utf8))
    }

    /// The news that the reader is too far behind and has to load its lists again.
    static func resync(at position: EventPosition) -> Frame {
        Frame(bytes: Array("id: \(position)\nevent: resync\ndata: {}\n\n".utf8))
    }

    static func event(_ name: String, at position: EventPosition, data: [UInt8]) -> Frame {
        var bytes = Array("id: \(position)\nevent: \(name)\ndata: ".utf8)
        bytes.append(contentsOf: data)
        bytes.append(contentsOf: [0x0A, 0x0A])
        return Frame(bytes: bytes)
    }

    /// A signal has no id: it is not part of the log.
    static func signal(_ name: String, data: [UInt8]) -> Frame {
        var bytes = Array("event: \(name)\ndata: ".utf8)
        bytes.append(contentsOf: data)
        bytes.append(contentsOf: [0x0A, 0x0A])
        return Frame(bytes: bytes)
    }
}

/// A place in the event log: SSE's `id`, written `epoch:offset`.
public struct EventPosition: Sendable, Equatable, CustomStringConvertible {
    /// Which log it is: a restored or new store has another epoch.
    let epoch: String
    let offset: Int

    init(epoch: String, offset: Int) {
        self.epoch = epoch
        self.offset = offset
    }

    /// Reads what a browser sent back; `nil` when it isn't a position.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].count <= 32, let offset = Int(parts[1]), offset >= 0 else {
            return nil
        }
        self.init(epoch: String(parts[0]), offset: offset)
    }

    /// `epoch:offset`, as the stream's ids are written.
    public var description: String { "\(epoch):\(offset)" }
}
