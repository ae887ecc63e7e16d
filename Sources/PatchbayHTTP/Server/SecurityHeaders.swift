import HTTPTypes
import Hummingbird

/// The header fields that every answer carries.
struct SecurityHeaders: Sendable {
    private let fields: HTTPFields

    /// - Parameter isReachedByTLS: With it browsers are told to insist on TLS for a year.
    init(isReachedByTLS: Bool) {
        var fields: [(HTTPField.Name, String)] = [
            (.contentSecurityPolicy, Self.pagePolicy),
            (.xContentTypeOptions, "nosniff"),
            (HTTPField.Name("Referrer-Policy")!, "same-origin"),
            (HTTPField.Name("Permissions-Policy")!, "camera=(self), microphone=(self)"),
            (HTTPField.Name("Cross-Origin-Opener-Policy")!, "same-origin"),
            (HTTPField.Name("Cross-Origin-Resource-Policy")!, "same-origin"),
        ]
        if isReachedByTLS { fields.append((.strictTransportSecurity, "max-age=31536000; includeSubDomains")) }
        var all = HTTPFields()
        for (name, value) in fields { all[name] = value }
        self.fields = all
    }

    /// Adds what `response` doesn't say by itself.
    func apply(to response: inout Response) {
        // Few answers say any of them, and looking for all at once is cheaper than one after the other.
        guard response.headers.contains(where: { fields.contains($0.name) }) else {
            return response.headers.append(contentsOf: fields)
        }
        for field in fields where !response.headers.contains(field.name) { response.headers.append(field) }
    }

    /// No inline script, no foreign origin, and only the portal's own policy may make script URLs.
    private static let pagePolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
        "connect-src 'self'", "media-src 'self' blob:", "worker-src 'self'", "manifest-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'self'", "require-trusted-types-for 'script'",
        "trusted-types portal-workers",
    ].joined(separator: "; ")

    /// For files that people uploaded: nothing in them may run or load.
    static let uploadPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"
}
