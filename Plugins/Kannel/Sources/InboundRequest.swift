import Foundation
import PatchbaySDK

/// An inbound SMS as Kannel hands it over: by `get-url` with everything in the query, or by `post-url` with the text as
/// the body and the rest in `X-Kannel-…` headers.
struct InboundRequest: Sendable {
    private let request: PluginRequest
    private let numbersWithoutPlus: Bool

    init(_ request: PluginRequest, settings: KannelSettings) {
        self.request = request
        numbersWithoutPlus = settings.numbersWithoutPlus
    }

    /// - Throws: `PortalError.invalid`: `kannel.id-missing`, `kannel.sender-missing`, `kannel.recipient-invalid`.
    func sms() throws(PortalError) -> InboundSMS {
        guard let id = request.query["id"], !id.isEmpty, id.utf8.count <= 200 else {
            throw PortalError(
                .invalid, id: "kannel.id-missing", "Add id=%I to the address in kannel.conf; it tells repeats apart.")
        }
        let sender = normal(value("from", header: "x-kannel-from"))
        guard !sender.isEmpty else {
            throw PortalError(
                .invalid, id: "kannel.sender-missing",
                "The sender is missing: use from=%p with get-url, send-sender = true with post-url.")
        }
        guard let to = PhoneNumber(e164: normal(value("to", header: "x-kannel-to"))) else {
            throw PortalError(
                .invalid, id: "kannel.recipient-invalid",
                "The recipient must be a number with its country code; check to=%P and global-sender in kannel.conf.")
        }
        return InboundSMS(carrier: KannelPlugin.id, carrierMessageID: id, from: sender, to: to, text: text)
    }

    private var isPost: Bool { request.method == "POST" }

    private func value(_ name: String, header: String) -> String {
        request.query[name] ?? request.headers[header] ?? ""
    }

    /// E.164 for a number, as it is for a short code or a sender's name.
    private func normal(_ address: String) -> String {
        // A plus sign that wasn't encoded arrives as a space.
        let hadPlus = address.hasPrefix("+") || address.hasPrefix(" ")
        let trimmed = address.trimmingCharacters(in: .whitespaces).prefix(20)
        let digits = trimmed.hasPrefix("+") ? trimmed.dropFirst() : trimmed
        guard let number = PhoneNumber(e164: "+" + digits), hadPlus || numbersWithoutPlus else {
            return String(trimmed)
        }
        return number.e164
    }

    private var text: String {
        // 1 is 8-bit data, such as a ring tone or a vCard in parts: nothing that could be shown as a text.
        if value("coding", header: "x-kannel-coding") == "1" { return Self.binary }
        guard isPost else { return request.query["text"] ?? "" }
        let charset = (value("charset", header: "x-kannel-charset") + (request.headers["content-type"] ?? ""))
            .uppercased()
        if charset.contains("UTF-16BE") || charset.contains("UCS-2") {
            return String(bytes: request.body, encoding: .utf16BigEndian) ?? Self.binary
        }
        return String(validating: request.body, as: UTF8.self) ?? Self.binary
    }

    private static let binary = "(A message arrived that holds data, not text.)"
}
