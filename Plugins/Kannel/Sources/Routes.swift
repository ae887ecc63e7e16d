import PatchbaySDK

/// The webhooks that Kannel calls, below `/hooks/kannel/`.
///
/// They answer 200 with an empty body, and only when all is on disk: Kannel repeats what isn't answered, and would text
/// a body to the customer's handset.
struct KannelRoutes: Sendable {
    let inbox: any SMSInbox
    let settings: KannelSettings

    @RouteBuilder var all: [Route] {
        Route.webhook("inbound", verify: verify, receive)
        Route.webhook("receipt", verify: verify, report)
    }

    private static let done = PluginResponse(status: 200)

    @Sendable private func verify(_ request: PluginRequest) throws {
        guard Self.isEqual(request.query["token"] ?? "", settings.webhookToken) else {
            throw PortalError(
                .unauthenticated, id: "kannel.wrong-token",
                "The token in the address is wrong; it must be the webhookToken of the settings.")
        }
    }

    @Sendable private func receive(_ request: PluginRequest) async throws -> PluginResponse {
        try await inbox.receive(try InboundRequest(request, settings: settings).sms())
        return Self.done
    }

    @Sendable private func report(_ request: PluginRequest) async throws -> PluginResponse {
        guard let message = request.query["message"], let part = request.query["part"].flatMap(Int.init),
            let type = request.query["type"].flatMap(Int.init)
        else {
            throw PortalError(
                .invalid, id: "kannel.receipt-incomplete", "A report needs message, part and type in its address.")
        }
        if let outcome = try Receipt.outcome(type: type, answer: request.query["answer"] ?? "") {
            try await inbox.report(
                DeliveryReport(message: MessageID(rawValue: message), part: part, outcome: outcome))
        }
        return Self.done
    }

    /// Compares without telling by its time how much was right.
    private static func isEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard !other.isEmpty else { return false }
        var difference = UInt8(one.count == other.count ? 0 : 1)
        for index in one.indices { difference |= one[index] ^ other[index % other.count] }
        return difference == 0
    }
}
