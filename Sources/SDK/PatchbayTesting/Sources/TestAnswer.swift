import PatchbaySDK

/// What a request to the plugin came to.
public struct TestAnswer: Sendable {
    /// The HTTP status, of an answer or of the `PortalError` that was thrown.
    public let status: Int
    /// Header fields as the plugin gave them.
    public let headers: [String: String]
    /// The body as bytes; `json` and `text` read it.
    public let body: [UInt8]
    /// Why the plugin or the host refused it; `nil` when it was served.
    public let refusal: PortalError?

    init(_ response: PluginResponse) {
        status = response.status
        headers = response.headers
        body = response.body
        refusal = nil
    }

    init(_ refusal: PortalError) {
        status = refusal.status
        headers = ["content-type": "application/problem+json"]
        body = JSON.object(["id": .string(refusal.id), "detail": .string(refusal.message)]).utf8
        self.refusal = refusal
    }

    /// The body as JSON; `null` when it is none.
    public var json: JSON { (try? JSON(parsing: body)) ?? .null }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
