import Foundation
import PatchbaySDK

extension Portal {
    private static let testText = "This is a test message of your portal."

    /// Sends one short SMS by `carrier`, past the outbox but not past the send gate's checks, and says what the carrier
    /// answers. Receipts are shown by `carriers`.
    ///
    /// - Parameters:
    ///   - number: Our number to send from; the carrier must be its.
    ///   - typed: Whom to send to, in any spelling of the number's region.
    /// - Throws: `PortalError.notFound` for another carrier's number; what the checks refuse, such as an opt-out.
    public func sendTestMessage(
        by carrier: PluginID, from number: PhoneNumber, to typed: String
    ) async throws -> CarrierDesk.TestMessage {
        guard let instance = plugins.snapshot.carriers[carrier] else { throw PortalError.notFound("carrier") }
        let checks = plugins.sendChecks
        let to = try await store.read { [numbers, directory] db in
            guard let record = try numbers.record(of: number, in: db), record.carrier == carrier else {
                throw PortalError.notFound("number of this carrier")
            }
            let region = try directory.domain(record.domain, in: db)?.region ?? "ZZ"
            let to = try PhoneNumber(typed: typed, region: region).e164
            let conversation = Conversation(
                id: ConversationID(rawValue: "test"), domain: record.domain, kind: .sms, remote: to, title: nil)
            let draft = Draft(
                conversation: conversation, author: .plugin(carrier), text: Self.testText, from: number)
            for check in checks {
                if case .refuse(let refusal) = try check.check(draft, in: db) { throw refusal }
            }
            return to
        }
        let sms = OutboundSMS(
            id: MessageID(at: clock.now), from: number, to: to, text: Self.testText, encoding: .gsm7, part: 1, parts: 1,
            reference: 0, attempt: 1)
        carriers.begin(sms.id, to: to, by: carrier)
        await submit(sms, by: instance)
        guard let test = carriers.lastTest(of: carrier) else { throw PortalError.notFound("test message") }
        return test
    }

    private func submit(_ sms: OutboundSMS, by carrier: any SMSCarrier) async {
        let outcome = await Patience.outcome(within: .seconds(30), clock: clock) { try await carrier.submit(sms) }
        switch outcome {
        case nil: carriers.move(sms.id, to: .failed, reason: "The carrier didn't answer in 30 seconds.")
        case .success: carriers.move(sms.id, to: .accepted, reason: nil)
        case .failure(CarrierError.temporary(let reason)), .failure(CarrierError.permanent(let reason)):
            carriers.move(sms.id, to: .failed, reason: reason)
        case .failure(let error): carriers.move(sms.id, to: .failed, reason: sentence(of: error))
        }
    }
}
