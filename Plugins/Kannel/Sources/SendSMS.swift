import PatchbaySDK

/// Kannel's sendsms interface (Kannel User Guide 1.4.5, “Using the HTTP Interface to Send SMS”).
enum SendSMS {
    /// All five reports: delivered, failed, queued, accepted, rejected.
    private static let dlrMask = "31"

    /// The request that hands `sms` over.
    static func request(for sms: OutboundSMS, settings: KannelSettings) -> OutboundRequest {
        var fields: [(name: String, value: String)] = [
            ("username", PercentEncoding.encode(settings.username)),
            ("password", PercentEncoding.encode(settings.password)),
            ("from", PercentEncoding.encode(sms.from.e164)),
            ("to", PercentEncoding.encode(sms.to)),
            ("charset", "UTF-8"),
            ("coding", sms.encoding == .gsm7 ? "0" : "2"),
            ("text", PercentEncoding.encode(sms.text)),
            ("dlr-mask", dlrMask),
            ("dlr-url", PercentEncoding.encode(receiptAddress(of: sms, settings: settings))),
        ]
        if sms.parts > 1 { fields.append(("udh", PercentEncoding.encode(header(of: sms)))) }
        if !settings.smsc.isEmpty { fields.append(("smsc", PercentEncoding.encode(settings.smsc))) }
        let query = fields.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return OutboundRequest(url: "\(settings.url)?\(query)", timeout: settings.timeout)
    }

    /// A request that Kannel must refuse, but only once it has let the user in: so it tells whether it does.
    static func requestWithoutReceiver(settings: KannelSettings) -> OutboundRequest {
        let username = PercentEncoding.encode(settings.username)
        let password = PercentEncoding.encode(settings.password)
        return OutboundRequest(
            url: "\(settings.url)?username=\(username)&password=\(password)&text=test", timeout: settings.timeout)
    }

    /// The user data header that joins the parts on the handset (3GPP TS 23.040 §9.2.3.24.1).
    private static func header(of sms: OutboundSMS) -> [UInt8] {
        [0x05, 0x00, 0x03, sms.reference, UInt8(sms.parts), UInt8(sms.part)]
    }

    /// Kannel puts the kind of report in place of `%d` and the network's words in place of `%A`.
    private static func receiptAddress(of sms: OutboundSMS, settings: KannelSettings) -> String {
        "\(settings.callbackURL)/hooks/kannel/receipt?message=\(sms.id)&part=\(sms.part)&type=%d&answer=%A"
            + "&token=\(settings.webhookToken)"
    }

    /// Whether `answer` says that user name or password are wrong.
    static func refusesAccess(_ answer: OutboundAnswer) -> Bool { [401, 403].contains(answer.status) }

    /// What an answer says against the SMS; `nil` when Kannel has taken it.
    static func refusal(in answer: OutboundAnswer) -> CarrierError? {
        let words = answer.text.prefix(120).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        switch answer.status {
        // "0: Accepted for delivery" or "3: Queued for later delivery"; a proxy's page with 200 is neither.
        case 200...299 where words.hasPrefix("0:") || words.hasPrefix("3:"): return nil
        case 200...299: return .temporary(reason: "What answers at the gateway's address is not Kannel.")
        case _ where refusesAccess(answer):
            // Not the message's fault: it waits until somebody has mended the settings.
            return .temporary(reason: "The gateway refuses the portal's user name or password.")
        case 400 where words.contains("white- and/or black-lists"):
            return .permanent(reason: "The gateway doesn't send to this number.")
        case 400: return .permanent(reason: "The gateway has refused the message: \(words)")
        case 404: return .temporary(reason: "The gateway's sendsms address in the settings is wrong.")
        default: return .temporary(reason: "The gateway answered with status \(answer.status).")
        }
    }
}
