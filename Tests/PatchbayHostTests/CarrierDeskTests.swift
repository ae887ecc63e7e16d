import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite struct CarrierDeskTests {
    let clock = TestClock()
    let carrier = PluginID(rawValue: "kannel")

    @Test("U7: what comes in is seen, without the whole number")
    func inboundIsSeen() {
        let desk = CarrierDesk(clock: clock)
        for id in ["1", "2"] {
            desk.note(
                InboundSMS(
                    carrier: carrier, carrierMessageID: id, from: "+16195550142",
                    to: PhoneNumber(e164: "+16195550188")!,
                    text: "Hello"))
        }

        #expect(desk.lastInbound(by: carrier)?.count == 2)
        #expect(desk.lastInbound(by: carrier)?.from == "…142")
    }

    @Test("U7: receipts for a test message stay here and only move it forward; others go on to the SMS plugin")
    func receiptsOfTestsStay() {
        let desk = CarrierDesk(clock: clock)
        let id = MessageID(rawValue: "test-1")
        desk.begin(id, to: "+16195550142", by: carrier)

        #expect(desk.take(DeliveryReport(message: id, part: 1, outcome: .delivered)))
        desk.move(id, to: .accepted)
        #expect(desk.take(DeliveryReport(message: id, part: 1, outcome: .failed(reason: "Too late."))))
        #expect(!desk.take(DeliveryReport(message: MessageID(rawValue: "other"), part: 1, outcome: .sent)))

        #expect(desk.lastTest(of: carrier)?.state == .delivered)
        #expect(desk.lastTest(of: carrier)?.reason == nil)
    }
}
