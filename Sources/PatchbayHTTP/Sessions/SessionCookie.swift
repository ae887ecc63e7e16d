import Hummingbird

/// The cookie that a browser's session lives in.
enum SessionCookie {
    static let name = "patchbay"

    /// The session's token, when the request has one.
    static func token(of request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
                let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1)
                guard sides.count == 2, trimmed(sides[0]).elementsEqual(name.utf8) else { continue }
                return String(Substring(trimmed(sides[1])))
            }
        }
        return nil
    }

    private static func trimmed(_ side: Substring.UTF8View) -> Substring.UTF8View {
        var side = side
        while side.first == UInt8(ascii: " ") { side.removeFirst() }
        while side.last == UInt8(ascii: " ") { side.removeLast() }
        return side
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
