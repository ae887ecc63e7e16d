import PatchbaySDK

/// What two windows tell each other to connect: session descriptions and ICE candidates (RFC 8829).
struct Signal: Sendable, Equatable {
    let from: String
    let to: String
    /// Any object; only the windows understand it.
    let data: JSON

    /// A description of four streams is about 10 kB of text.
    static let largestInBytes = 60_000

    /// - Throws: `PortalError.tooLarge` (`video.signal-too-large`).
    init(_ body: JSON) throws(PortalError) {
        from = body["from"]?.string ?? ""
        to = body["to"]?.string ?? ""
        data = body["data"] ?? [:]
        guard data.utf8.count <= Self.largestInBytes else {
            throw PortalError(
                .tooLarge, id: "video.signal-too-large", "A signal holds \(Self.largestInBytes) bytes at most.")
        }
    }

    func json(in session: String) -> JSON {
        ["sessionId": .string(session), "from": .string(from), "to": .string(to), "data": data]
    }

    /// What a window calls itself: made by the browser, new for each window.
    static let peerSchema: JSON = ["type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"]
}
