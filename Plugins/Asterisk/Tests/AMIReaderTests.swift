import PatchbayTesting
import Testing

@testable import Asterisk

let greeting = "Asterisk Call Manager/11.0.0\r\n"

extension AMIReader {
    /// Reads `text` in pieces of `size` bytes.
    mutating func read(_ text: String, inPiecesOf size: Int = .max) throws -> [AMIMessage] {
        let bytes = Array(text.utf8)
        var messages: [AMIMessage] = []
        var start = 0
        while start < bytes.count {
            let end = start + min(size, bytes.count - start)
            messages += try read(Array(bytes[start..<end]))
            start = end
        }
        return messages
    }
}

@Suite struct AMIReaderTests {
    @Test(arguments: [1, 2, 3, 7, 64, Int.max])
    func messagesAreReadWhateverThePieces(_ size: Int) throws {
        var reader = AMIReader()

        let messages = try reader.read(
            greeting + "Response: Success\r\nActionID: a-1\r\nMessage: Authentication accepted\r\n\r\n"
                + "Event: VarSet\r\nVariable: A\r\nVariable: B\r\nValue:\r\nName: \"Grüße\" <1>: x\r\n\r\n",
            inPiecesOf: size)

        #expect(reader.version == "11.0.0")
        #expect(messages.count == 2)
        #expect(messages.first?.isResponse == true)
        #expect(messages.first?.isSuccess == true)
        #expect(messages.first?.actionID == "a-1")
        #expect(messages.last?.event == "VarSet")
        #expect(messages.last?.fields.filter { $0.key == "Variable" }.map(\.value) == ["A", "B"])
        #expect(messages.last?["value"] == "")
        #expect(messages.last?["NAME"] == "\"Grüße\" <1>: x")
        #expect(reader.bytesKept == 0)
    }

    @Test func outputOfACommandIsRead() throws {
        var reader = AMIReader()

        let messages = try reader.read(
            greeting + "Response: Success\r\nMessage: Command output follows\r\nOutput: one: 1\r\nOutput: \r\n\r\n"
                + "Response: Follows\r\nPrivilege: Command\r\nActionID: c\r\nName   State\n\n1001:  idle\nend--END COMMAND--\r\n\r\n"
        )

        #expect(
            messages.map { $0.fields.filter { $0.key == "Output" }.map(\.value) } == [
                ["one: 1", ""], ["Name   State", "", "1001:  idle", "end"],
            ])
        #expect(messages.last?.actionID == "c")
    }

    @Test func valueWithALineEndStaysOneValue() throws {
        var reader = AMIReader()

        let messages = try reader.read(greeting + "Event: X\r\nValue: one\r\ntwo\r\nLast: 3\r\n\r\n")

        #expect(messages.first?["Value"] == "one\ntwo")
        #expect(messages.first?["Last"] == "3")
    }

    /// Something that isn't as it should be, by a name that a report can bear.
    struct Nonsense: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        let fault: AMIFault

        init(_ name: String, _ text: String, _ fault: AMIFault) {
            self.name = name
            self.text = text
            self.fault = fault
        }

        var testDescription: String { name }
    }

    @Test(arguments: [
        Nonsense("SSH", "SSH-2.0-OpenSSH_9.2\r\n", .notAsterisk("SSH-2.0-OpenSSH_9.2")),
        Nonsense("HTTP", "HTTP/1.1 400 Bad Request\r\n", .notAsterisk("HTTP/1.1 400 Bad Request")),
        Nonsense("control characters", "\u{0}\u{1}\r\n", .notAsterisk("..")),
        Nonsense("no version", "Asterisk Call Manager\r\n", .notAsterisk("Asterisk Call Manager")),
        Nonsense("Asterisk 1.8", "Asterisk Call Manager/1.1\r\n", .tooOld("1.1")),
        Nonsense("endless", String(repeating: "x", count: 200), .notAsterisk(String(repeating: "x", count: 60))),
    ])
    func whatIsNoAsteriskIsRefused(_ nonsense: Nonsense) {
        var reader = AMIReader()

        #expect(throws: nonsense.fault) { try reader.read(nonsense.text) }
    }

    @Test(arguments: [
        Nonsense("a word", "nonsense\r\n", .malformed), Nonsense("another key", "Foo: bar\r\n\r\n", .malformed),
        Nonsense("a line", "Event: " + String(repeating: "x", count: 8192) + "\r\n", .lineTooLong),
        Nonsense("lines", "Event: X\r\n" + String(repeating: "A: 1\r\n", count: 2000), .tooManyLines),
        Nonsense(
            "a message", "Event: X\r\n" + String(repeating: "A: \(String(repeating: "y", count: 4000))\r\n", count: 20),
            .messageTooLong),
    ])
    func whatGoesTooFarIsAFault(_ nonsense: Nonsense) {
        var reader = AMIReader()

        #expect(throws: nonsense.fault) { try reader.read(greeting + nonsense.text) }
    }

    @Test("10 MB without a line end are a fault after 8 KiB, and nothing of them is kept")
    func endlessLineIsAFault() throws {
        var reader = AMIReader()
        _ = try reader.read(greeting + "Response: Success\r\n\r\nEvent: ")
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)

        #expect(throws: AMIFault.lineTooLong) {
            for _ in 0..<160 { _ = try reader.read(piece) }
        }

        #expect(reader.bytesKept <= AMIFault.longestLine + 1)
    }
}
