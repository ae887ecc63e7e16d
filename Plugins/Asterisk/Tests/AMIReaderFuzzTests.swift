import PatchbaySDK
import Testing

@testable import Asterisk

@Suite struct AMIReaderFuzzTests {
    private static let talk = Array(
        (greeting + "Response: Success\r\nActionID: patchbay-1\r\nMessage: Originate successfully queued\r\n\r\n"
            + "Event: Newchannel\r\nPrivilege: call,all\r\nChannel: PJSIP/1001-00000000\r\nUniqueid: patchbay-1\r\n\r\n"
            + "Event: DialEnd\r\nDestUniqueid: patchbay-1\r\nDialStatus: ANSWER\r\n\r\n"
            + "Response: Follows\r\nPrivilege: Command\r\nsome output\nmore\n--END COMMAND--\r\n\r\n"
            + "Event: OriginateResponse\r\nActionID: patchbay-1\r\nResponse: Failure\r\nReason: 5\r\n\r\n"
            + "Event: DeviceStateChange\r\nDevice: PJSIP/1001\r\nState: INUSE\r\n\r\n").utf8)

    /// Pieces that are likelier to do harm than random bytes.
    private static let spices: [[UInt8]] = [
        Array("\r\n".utf8), Array("\n".utf8), Array("\r".utf8), Array("\r\n\r\n".utf8), Array(":".utf8),
        Array(": ".utf8),
        [0], [0xFF, 0xFE], [0xC3], Array("Response: Follows\r\nPrivilege: Command\r\n".utf8),
        Array("--END COMMAND--".utf8), Array("Event: ".utf8), Array(greeting.utf8),
        [UInt8](repeating: UInt8(ascii: "x"), count: 9000), Array(String(repeating: "A: 1\r\n", count: 300).utf8),
    ]

    /// What came of reading: the messages up to the end or the fault.
    private struct Reading: Equatable {
        var messages: [AMIMessage] = []
        var fault: AMIFault?
    }

    @Test("C4: 10,000 cases of broken talk: no crash, no growth, and the pieces don't matter", .timeLimit(.minutes(2)))
    func brokenTalkIsHarmless() {
        var dice = SplitMix64(seed: 4)
        var mostKept = 0
        var faults = 0
        var differences = 0

        for _ in 0..<10_000 {
            let talk = Self.broken(using: &dice)
            let whole = Self.read(talk, piece: { talk.count }, mostKept: &mostKept)
            let pieces = Self.read(talk, piece: { Int.random(in: 1...300, using: &dice) }, mostKept: &mostKept)
            faults += whole.fault == nil ? 0 : 1
            // A fault ends the reading; the messages before it, in the same piece, are lost with the connection.
            let isSame = whole.fault == pieces.fault && (whole.fault != nil || whole.messages == pieces.messages)
            differences += isSame ? 0 : 1
        }

        #expect(differences == 0)
        #expect(mostKept <= AMIFault.longestMessage + AMIFault.longestLine + 1)
        // Both kinds of talk are among the cases: what is understood and what is not.
        #expect((1000...9500).contains(faults))
    }

    private static func broken(using dice: inout SplitMix64) -> [UInt8] {
        var talk = Int.random(in: 0..<20, using: &dice) == 0 ? [] : Self.talk
        for _ in 0..<Int.random(in: 0...12, using: &dice) {
            let place = Int.random(in: 0...talk.count, using: &dice)
            switch Int.random(in: 0..<6, using: &dice) {
            case 0: talk.insert(contentsOf: spices.randomElement(using: &dice) ?? [], at: place)
            case 1 where place < talk.count: talk[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &dice)
            case 2: talk.removeSubrange(place..<min(talk.count, place + Int.random(in: 0...40, using: &dice)))
            case 3: talk = Array(talk.prefix(place + 30))
            case 4:
                let noise = (0..<Int.random(in: 1...60, using: &dice)).map { _ in
                    UInt8.random(in: 0...255, using: &dice)
                }
                talk.insert(contentsOf: noise, at: place)
            default: talk.insert(contentsOf: talk[place..<min(talk.count, place + 200)], at: place)
            }
        }
        return talk
    }

    private static func read(_ talk: [UInt8], piece: () -> Int, mostKept: inout Int) -> Reading {
        var reader = AMIReader()
        var reading = Reading()
        var rest = talk[...]
        while !rest.isEmpty {
            let some = rest.prefix(max(1, piece()))
            rest = rest.dropFirst(some.count)
            do {
                reading.messages += try reader.read(Array(some))
            } catch {
                reading.fault = error
                return reading
            }
            mostKept = max(mostKept, reader.bytesKept)
        }
        return reading
    }
}
