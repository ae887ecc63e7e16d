import PatchbaySDK

/// How to reach Kannel, and how Kannel reaches us.
struct KannelSettings: Sendable {
    /// The sendsms address, such as `http://127.0.0.1:13013/cgi-bin/sendsms`.
    let url: String
    let username: String
    let password: String
    /// Where Kannel reaches this portal, without a slash at the end.
    let callbackURL: String
    /// What Kannel's webhooks show, so that nobody else can play the gateway.
    let webhookToken: String
    /// Which of Kannel's links to use; empty to let it choose.
    let smsc: String
    /// Whether numbers arrive without their plus sign.
    let numbersWithoutPlus: Bool
    let window: Int
    let timeout: Duration

    init(_ settings: Settings) throws(PortalError) {
        url = try settings.string("url")
        username = try settings.string("username")
        password = try settings.string("password")
        let callback = try settings.string("callbackURL")
        callbackURL = callback.hasSuffix("/") ? String(callback.dropLast()) : callback
        webhookToken = try settings.string("webhookToken")
        smsc = try settings.string("smsc")
        numbersWithoutPlus = try settings.bool("numbersWithoutPlus")
        window = try settings.int("window")
        timeout = .seconds(try settings.int("timeoutSeconds"))
        // It travels inside Kannel's dlr-url, where a percent sign would be read as an escape.
        guard webhookToken.utf8.count >= 16, webhookToken.utf8.allSatisfy(Self.isPlain) else {
            throw PortalError(
                .invalid, id: "kannel.weak-token",
                "webhookToken needs at least 16 characters, only letters, digits, hyphens and underscores.")
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
