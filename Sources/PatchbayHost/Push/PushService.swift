import Foundation
import PatchbaySDK

/// The way to push services. The HTTP part of the program knows it; tests play it.
public protocol PushService: Sendable {
    /// Looks where an address leads.
    ///
    /// - Throws: `PushEndpoint.refusal` when that isn't the internet, or can't be found out.
    func check(_ endpoint: PushEndpoint) async throws

    /// Opens a way to the service at an endpoint's origin. All that goes by it goes to the one address found now.
    ///
    /// - Throws: `PushEndpoint.refusal` as `check`.
    func open(_ endpoint: PushEndpoint) async throws -> any PushLine
}

/// A way to one push service.
public protocol PushLine: Sendable {
    /// Hands a message over (RFC 8030 §5).
    ///
    /// - Throws: whatever kept the service from answering; the caller tries again later.
    func post(_ request: PushRequest) async throws -> PushAnswer

    /// Ends it.
    func close() async
}

/// An encrypted message for one browser.
public struct PushRequest: Sendable {
    /// The subscription's address.
    public let url: String
    /// Names and values.
    public let headers: [(name: String, value: String)]
    /// The encrypted message, with its header.
    public let body: Data
}

/// What a push service said.
public struct PushAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The header `Retry-After` as it stands.
    public let retryAfter: String?

    /// Makes an answer.
    public init(status: Int, retryAfter: String?) {
        self.status = status
        self.retryAfter = retryAfter
    }
}

/// Web Push as the operator has set it up.
public struct PushSetup: Sendable {
    let subject: String
    /// Origins that may be sent to though they are no public HTTPS.
    let namedOrigins: Set<String>
    let service: any PushService

    /// Reads `push` of the manifest; `nil` when there is none, and nothing is pushed.
    ///
    /// - Parameter service: The way out.
    public init?(of manifest: Manifest, by service: any PushService) {
        guard let json = manifest.push, let subject = json["subject"]?.string else { return nil }
        let origins = (json["namedOrigins"]?.array ?? []).compactMap(\.string)
        self.init(subject: subject, namedOrigins: Set(origins), service: service)
    }

    init(subject: String, namedOrigins: Set<String>, service: any PushService) {
        self.subject = subject
        self.namedOrigins = namedOrigins
        self.service = service
    }
}
