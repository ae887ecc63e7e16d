import PatchbaySDK
import Testing

@testable import SMS

@Suite("F36: segments")
struct SegmentationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let encoding: SMSEncoding
        let units: Int
        let parts: Int
        let remaining: Int
        var testDescription: String { name }
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    static let cases = [
        Case(name: "nothing", text: "", encoding: .gsm7, units: 0, parts: 0, remaining: 160),
        Case(name: "160 letters", text: repeated("a", 160), encoding: .gsm7, units: 160, parts: 1, remaining: 0),
        Case(name: "161 letters", text: repeated("a", 161), encoding: .gsm7, units: 161, parts: 2, remaining: 145),
        Case(name: "306 letters", text: repeated("a", 306), encoding: .gsm7, units: 306, parts: 2, remaining: 0),
        Case(name: "307 letters", text: repeated("a", 307), encoding: .gsm7, units: 307, parts: 3, remaining: 152),
        Case(name: "80 euros", text: repeated("€", 80), encoding: .gsm7, units: 160, parts: 1, remaining: 0),
        Case(
            name: "80 euros and a", text: repeated("€", 80) + "a", encoding: .gsm7, units: 161, parts: 2, remaining: 144
        ),
        Case(name: "153 euros", text: repeated("€", 153), encoding: .gsm7, units: 306, parts: 3, remaining: 151),
        Case(
            name: "euro at the edge", text: repeated("a", 152) + "€" + repeated("a", 7), encoding: .gsm7, units: 161,
            parts: 2, remaining: 144),
        Case(name: "line ends", text: "a\r\nb", encoding: .gsm7, units: 4, parts: 1, remaining: 156),
        Case(name: "70 Cyrillic", text: repeated("я", 70), encoding: .ucs2, units: 70, parts: 1, remaining: 0),
        Case(name: "71 Cyrillic", text: repeated("я", 71), encoding: .ucs2, units: 71, parts: 2, remaining: 63),
        Case(name: "134 Cyrillic", text: repeated("я", 134), encoding: .ucs2, units: 134, parts: 2, remaining: 0),
        Case(name: "135 Cyrillic", text: repeated("я", 135), encoding: .ucs2, units: 135, parts: 3, remaining: 66),
        Case(name: "35 emoji", text: repeated("😀", 35), encoding: .ucs2, units: 70, parts: 1, remaining: 0),
        Case(name: "36 emoji", text: repeated("😀", 36), encoding: .ucs2, units: 72, parts: 2, remaining: 61),
        Case(
            name: "emoji at the edge", text: repeated("я", 66) + "😀" + repeated("я", 3), encoding: .ucs2, units: 71,
            parts: 2, remaining: 62),
        Case(name: "a backtick isn't GSM", text: "`", encoding: .ucs2, units: 1, parts: 1, remaining: 69),
        Case(name: "small ç isn't GSM", text: "ç", encoding: .ucs2, units: 1, parts: 1, remaining: 69),
        Case(name: "capital Ç is GSM", text: "Ç", encoding: .gsm7, units: 1, parts: 1, remaining: 159),
        Case(name: "a family", text: "👨‍👩‍👧", encoding: .ucs2, units: 8, parts: 1, remaining: 62),
        Case(name: "right to left", text: "שלום", encoding: .ucs2, units: 4, parts: 1, remaining: 66),
    ]

    @Test(arguments: cases) func countsAsTheCarrierDoes(_ expected: Case) {
        let segmentation = Segmentation(expected.text)

        #expect(segmentation.encoding == expected.encoding)
        #expect(segmentation.units == expected.units)
        #expect(segmentation.parts.count == expected.parts)
        #expect(segmentation.remaining == expected.remaining)
    }

    @Test(arguments: cases) func partsJoinedAreTheText(_ expected: Case) {
        let joined = Segmentation(expected.text).parts.flatMap { Array($0.unicodeScalars) }

        #expect(joined == Array(expected.text.unicodeScalars))
    }

    @Test func surrogatePairsAreNeverCut() {
        let parts = Segmentation(String(repeating: "я", count: 66) + "😀 and more").parts

        #expect(parts[0].utf16.count == 66)
        #expect(parts[1].hasPrefix("😀"))
    }

    @Test func everyCharacterOfTheAlphabetIsKnown() {
        let basic = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà"
        let extended = "^{}\\[~]|€\u{0C}"

        #expect(basic.unicodeScalars.allSatisfy { GSM7.septets(of: $0) == 1 })
        #expect(extended.unicodeScalars.allSatisfy { GSM7.septets(of: $0) == 2 })
        #expect("`çáíóú\t\u{A0}“".unicodeScalars.allSatisfy { GSM7.septets(of: $0) == nil })
    }
}
