import PatchbaySDK
import Testing

@Suite struct JSONTests {
    @Test(
        arguments: [
            ("null", JSON.null), (" true ", true), ("\t\r\n-0", 0), ("12", 12), ("-3", -3), ("1.5", 1.5),
            ("1e2", 100.0),
            ("2E-1", 0.2), ("9223372036854775807", JSON.int(.max)),
            ("9223372036854775808", JSON.double(9_223_372_036_854_775_808)),
            (#""""#, ""), (#""a\"b\\c\/""#, "a\"b\\c/"), (#""\b\f\n\r\t""#, "\u{8}\u{c}\n\r\t"),
            (#""\u00e9\u4F60""#, "é你"),
            (#""\ud83d\ude00""#, "😀"), ("\"😀é\"", "😀é"), ("[]", []), ("[ 1 , [ ] ]", [1, []]), ("{}", [:]),
            (#"{"a":{"b":[null]}}"#, ["a": ["b": [nil]]]),
        ] as [(String, JSON)])
    func validTextIsRead(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: text) == expected)
    }

    @Test(arguments: [
        "", " ", "nul", "nulls", "tru", "True", "1 2", "{} x", "[1,]", "[1", "[,1]", "{\"a\":1,}", "{a:1}", "{\"a\"}",
        "{\"a\":}", "{'a':1}", "\"open", "\"a\nb\"", "\"\u{0}\"", #""\x""#, #""\u12""#, #""\u+123""#, #""\u12G4""#,
        #""\"#,
        "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x10", "NaN", "Infinity", "1e400", "-1e999", "//", "[1] // end",
        "\u{feff}1",
    ])
    func brokenTextIsRefused(text: String) {
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: text) }
    }

    @Test(arguments: [#""\ud83d""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\ude00""#, #""\ud83d\ud83d""#])
    func loneSurrogateIsRefused(text: String) {
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: text) }
    }

    @Test(arguments: [#"{"a":1,"a":2}"#, #"{"a":1,"\u0061":1}"#, #"{"x":{"":1,"":2}}"#, #"{"\u00e9":1,"e\u0301":2}"#])
    func keyThatOccursTwiceIsRefused(text: String) {
        let error = #expect(throws: JSON.ParseError.self) { try JSON(parsing: text) }

        #expect(error?.reason.contains("occurs twice") == true)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22], [0xFF],
        ] as [[UInt8]])
    func invalidUTF8IsRefused(bytes: [UInt8]) {
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: bytes) }
    }

    @Test func sixtyFourLevelsAreReadAndOneMoreIsRefused() throws {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)

        #expect(throws: Never.self) { try JSON(parsing: deep) }
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: "[\(deep)]") }
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: String(repeating: "[", count: 1_000_000)) }
    }

    @Test func errorNamesThePlace() {
        let error = #expect(throws: JSON.ParseError.self) { try JSON(parsing: #"{"a": tru}"#) }

        #expect(error?.reason == "unexpected character")
        #expect(error?.offset == 6)
    }

    @Test(
        arguments: [
            nil, true, 0, .int(.min), .int(.max), 0.1, -1.5e-300, 1e21, "", "\u{0}\u{1f}\u{7f}\u{2028}", "a\"\\/\n",
            "😀 é 你",
            ["a": [1, 2.5, [:]], "": "", "é": nil],
        ] as [JSON])
    func whatIsWrittenIsReadBackTheSame(value: JSON) throws {
        #expect(try JSON(parsing: value.utf8) == value)
    }

    @Test func equalValuesGiveEqualBytes() {
        let one = JSON(dictionaryLiteral: ("b", 1), ("a", 2))
        let other = JSON(dictionaryLiteral: ("a", 2), ("b", 1))

        #expect(one.text == #"{"a":2,"b":1}"#)
        #expect(one.utf8 == other.utf8)
    }

    @Test func memberThatIsNullReadsAsMissing() {
        let json: JSON = ["a": nil, "b": 1]

        #expect(json["a"] == nil)
        #expect(json["b"]?.double == 1)
        #expect(JSON.array([1])["a"] == nil)
    }
}
