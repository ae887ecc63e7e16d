import Foundation
import PatchbaySDK
import Testing

@Suite struct IdentifierTests {
    private let noon = Date(timeIntervalSince1970: 1_795_348_800)

    @Test func newIDIsAUUIDOfVersion7() throws {
        let id = MessageID(at: noon)

        #expect(
            id.rawValue.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        let milliseconds = Int(id.rawValue.replacing("-", with: "").prefix(12), radix: 16)
        #expect(milliseconds == 1_795_348_800_000)
    }

    @Test func idsSortByTheTimeOfTheirMaking() {
        let ids = (0..<1_000).map { MessageID(at: noon.addingTimeInterval(Double($0) / 1000)).rawValue }

        let isSorted = ids == ids.sorted()
        #expect(isSorted)
    }

    @Test func idsOfOneMomentDiffer() {
        #expect(Set((0..<10_000).map { _ in MessageID(at: noon) }).count == 10_000)
    }

    @Test func momentBefore1970MakesAnIDToo() {
        #expect(MessageID(at: Date(timeIntervalSince1970: -1)).rawValue.hasPrefix("00000000-0000-7"))
    }

    @Test func idIsPlainTextInJSONAndInTheStore() throws {
        let id = UserID(rawValue: "user-alice")

        #expect(String(decoding: try JSONEncoder().encode([id]), as: UTF8.self) == #"["user-alice"]"#)
        #expect(try JSONDecoder().decode([UserID].self, from: Data(#"["user-alice"]"#.utf8)) == [id])
        #expect(UserID.fromDatabaseValue(id.databaseValue) == id)
    }
}

@Suite struct DeliveryStateTests {
    @Test(
        "A state moves forward only, failure is final unless a receipt says it arrived",
        arguments: [
            (DeliveryState.pending, [DeliveryState.accepted, .sent, .delivered, .failed]),
            (.accepted, [.sent, .delivered, .failed]), (.sent, [.delivered, .failed]), (.delivered, []),
            (.failed, [.delivered]), (.received, []),
        ])
    func stateMovesForwardOnly(from: DeliveryState, allowed: [DeliveryState]) {
        #expect(DeliveryState.allCases.filter(from.mayBecome) == allowed)
    }
}

@Suite struct PortalErrorTests {
    @Test(arguments: [
        (PortalError.Code.invalid, 400), (.unauthenticated, 401), (.forbidden, 403), (.notFound, 404), (.conflict, 409),
        (.tooLarge, 413), (.rateLimited(retryAfter: .seconds(3)), 429), (.unavailable(retryAfter: .seconds(5)), 503),
    ])
    func codeDecidesTheStatus(code: PortalError.Code, status: Int) {
        #expect(PortalError(code, id: "chat.room-full", "Full.").status == status)
    }

    @Test func onlyPassingTroubleSaysWhenToTryAgain() {
        #expect(PortalError(.rateLimited(retryAfter: .seconds(3)), id: "a.b", "Slow down.").retryAfter == .seconds(3))
        #expect(PortalError(.unavailable(retryAfter: .seconds(5)), id: "a.b", "Later.").retryAfter == .seconds(5))
        #expect(PortalError(.conflict, id: "a.b", "No.").retryAfter == nil)
    }

    @Test func notFoundSaysNothingAboutWhoseItIs() {
        let error = PortalError.notFound("conversation")

        #expect(error.description == "There is no such conversation. [not-found]")
    }
}
