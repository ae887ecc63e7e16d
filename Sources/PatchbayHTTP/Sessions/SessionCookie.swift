import Hummingbird

/// The cookie that a browser's session lives in.
enum SessionCookie {
    static let name = "patchbay"

    /// The session's token, when the request has one.
    static func token(of request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let sides = pair.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
                if sides.count == 2, sides[0] == name { return sides[1] }
            }
        }
        return nil
    }

    /// `Set-Cookie` for a new session.
    ///
    /// - Parameter isSecure: Whether browsers come by TLS.
    static func granting(_ token: String, isSecure: Bool) -> String {
        "\(name)=\(token); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    /// `Set-Cookie` that takes the cookie away.
    static func withdrawing(isSecure: Bool) -> String { granting("", isSecure: isSecure) + "; Max-Age=0" }
}
