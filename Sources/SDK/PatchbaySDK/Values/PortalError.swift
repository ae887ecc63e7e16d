import Foundation

/// Why a request can't be served, for a person and for code. It becomes the HTTP answer as it is (RFC 9457).
public struct PortalError: Error, Sendable, Equatable {
    /// What kind of refusal it is; it decides the HTTP status.
    public enum Code: Sendable, Equatable {
        /// 400: the request is not understood.
        case invalid
        /// 401: nobody is signed in, or a webhook isn't verified.
        case unauthenticated
        /// 403: signed in, but not allowed.
        case forbidden
        /// 404: no such thing, or somebody else's.
        case notFound
        /// 409: it doesn't fit what is there.
        case conflict
        /// 413: too many bytes.
        case tooLarge
        /// 429: too often; try again after so long.
        case rateLimited(retryAfter: Duration)
        /// 503: not just now; try again after so long.
        case unavailable(retryAfter: Duration)
    }

    /// What kind of refusal it is; it decides the HTTP status.
    public let code: Code
    /// A stable kebab-case id for code, such as `sms.number-not-assigned`. It never changes.
    public let id: String
    /// What happened and what to do, in a sentence for the person at the portal.
    public let message: String
    /// Further facts, such as the field that is wrong.
    public let details: [String: String]

    /// Makes a refusal.
    ///
    /// - Parameters:
    ///   - id: A stable kebab-case id, such as `sms.number-not-assigned`.
    ///   - message: What happened and what to do, in a sentence.
    public init(_ code: Code, id: String, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.id = id
        self.message = message
        self.details = details
    }

    /// The HTTP status of `code`.
    public var status: Int {
        switch code {
        case .invalid: 400
        case .unauthenticated: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict: 409
        case .tooLarge: 413
        case .rateLimited: 429
        case .unavailable: 503
        }
    }

    /// How long a caller should wait before trying again, if that helps at all.
    public var retryAfter: Duration? {
        switch code {
        case .rateLimited(let wait), .unavailable(let wait): wait
        default: nil
        }
    }

    /// The refusal for anything that isn't there or isn't the caller's.
    public static func notFound(_ what: String) -> PortalError {
        PortalError(.notFound, id: "not-found", "There is no such \(what).")
    }
}

extension PortalError: CustomStringConvertible {
    /// The sentence with its id, for the log.
    public var description: String { "\(message) [\(id)]" }
}
