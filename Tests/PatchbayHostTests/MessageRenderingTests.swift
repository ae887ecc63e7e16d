import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

@Suite struct MessageRenderingTests {
    @Test(arguments: [DeliveryState.received, .sent, .failed])
    func textOfAMessageIsThatOfItsObject(state: DeliveryState) throws {
        let stored = StoredMessage(
            message: Message(
                id: MessageID(rawValue: "m1"), conversation: ConversationID(rawValue: "c1"),
                domain: DomainID(rawValue: "a.example"), sequence: 7,
                author: state == .received ? nil : UserID(rawValue: "u1"), via: PhoneNumber(e164: "+16195550142"),
                text: "Zoë said \"hi\"\n\u{1}\\ 👋", attachments: [AttachmentID(rawValue: "f1")], state: state,
                reason: state == .failed ? "The number is not in service." : nil, segments: 2,
                createdAt: Date(milliseconds: 1_763_830_800_250), clientID: nil),
            attachments: [["id": "f1", "name": "a.png", "type": "image/png", "size": 3]])

        #expect(stored.utf8 == stored.json.utf8)
        #expect(try JSON(parsing: stored.utf8InObject) == ["message": stored.json])
    }
}
