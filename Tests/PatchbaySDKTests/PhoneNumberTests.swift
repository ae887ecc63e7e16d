import Foundation
import PatchbaySDK
import Testing

@Suite struct PhoneNumberTests {
    @Test(
        "U23: a number typed in national form is understood by the domain's region",
        arguments: [
            ("(619) 555-0142", "US", "+16195550142"), ("619-555-0142", "US", "+16195550142"),
            ("1 619 555 0142", "US", "+16195550142"), ("6195550142", "US", "+16195550142"),
            ("+1 619 555 0142", "CH", "+16195550142"), ("011 41 44 668 18 00", "US", "+41446681800"),
            ("044 668 18 00", "CH", "+41446681800"), ("0446681800", "CH", "+41446681800"),
            ("0041 44 668 18 00", "CH", "+41446681800"), ("+41 (0)44 668 18 00", "CH", "+41446681800"),
            ("079 123 45 67", "CH", "+41791234567"), ("030 901820", "DE", "+4930901820"),
            ("020 7946 0958", "GB", "+442079460958"), ("06 1234 5678", "IT", "+390612345678"),
            ("+41-44/668.18.00", "US", "+41446681800"), ("tel:+41446681800", "US", "+41446681800"),
        ])
    func typedNumberIsUnderstood(text: String, region: String, expected: String) throws {
        #expect(try PhoneNumber(typed: text, region: region).e164 == expected)
    }

    @Test(
        "U23: what is no number is refused with a sentence",
        arguments: [
            ("", "US"), ("   ", "CH"), ("Alice", "US"), ("911", "US"), ("117", "CH"), ("555-0142", "US"), ("12", "CH"),
            ("+", "US"), ("+999 123 456 789", "US"), ("0123456789012345678", "CH"), ("+4144668180012345", "CH"),
            ("619 555 0142\u{0}", "US"), (String(repeating: "1", count: 65), "US"), ("044 668 18 00", "ZZ"),
            ("044 668 18 00", ""), ("044 668 18 00", "Switzerland"), ("'; DROP TABLE user; --", "US"),
        ])
    func whatIsNoNumberIsRefused(text: String, region: String) {
        let error = #expect(throws: PortalError.self) { try PhoneNumber(typed: text, region: region) }

        #expect(error?.id == "number.invalid")
        #expect(error?.status == 400)
    }

    @Test(
        "U11: a number's area code says its time zones; of a mobile one the country does",
        arguments: [
            ("+16195550142", ["America/Los_Angeles"]), ("+13125550142", ["America/Chicago"]),
            ("+19075550142", ["America/Adak", "America/Anchorage"]), ("+41446681800", ["Europe/Zurich"]),
            ("+41791234567", ["Europe/Zurich"]), ("+912227653333", ["Asia/Calcutta"]), ("+9991234567", []),
        ])
    func areaSaysTheZone(text: String, zones: [String]) {
        #expect(PhoneNumber(e164: text)?.timeZones == zones)
    }

    @Test(
        "U11: a number without a place may be in any zone of its country", arguments: ["+18005550142", "+15005550142"])
    func anywhereInTheCountry(text: String) {
        let zones = PhoneNumber(e164: text)?.timeZones ?? []

        #expect(Set(zones).isSuperset(of: ["America/New_York", "America/Los_Angeles", "Pacific/Honolulu"]))
    }

    @Test(arguments: ["+16195550142", "+1234567", "+123456789012345"])
    func storedNumberIsTakenAsItIs(text: String) {
        #expect(PhoneNumber(e164: text)?.e164 == text)
    }

    @Test(arguments: [
        "", "+", "16195550142", "+0123456789", "+123456", "+1234567890123456", "+1619555014a", "+1 6195550142",
        "+١٢٣٤٥٦٧٨", "++16195550142",
    ])
    func whatIsNotE164IsNil(text: String) {
        #expect(PhoneNumber(e164: text) == nil)
    }

    @Test(arguments: [("US", "(619) 555-0142"), ("CH", "+1 619-555-0142"), ("", "+1 619-555-0142")])
    func numberIsWrittenAsThePeopleOfTheRegionDo(region: String, expected: String) {
        #expect(PhoneNumber(e164: "+16195550142")?.formatted(for: region) == expected)
    }

    @Test func numberIsMaskedInLogs() {
        #expect(PhoneNumber(e164: "+41446681800")?.masked == "…800")
    }

    @Test func assignableIsWhatTheCountryHasGivenOut() {
        #expect(PhoneNumber(e164: "+41446681800")?.isAssignable == true)
        #expect(PhoneNumber(e164: "+19995550142")?.isAssignable == false)
        #expect(PhoneNumber(e164: "+99912345678")?.isAssignable == false)
    }

    @Test func regionsAreKnownByTheirTwoLetters() {
        #expect(PhoneNumber.knowsRegion("CH"))
        #expect(!PhoneNumber.knowsRegion("ch"))
        #expect(!PhoneNumber.knowsRegion("ZZ"))
    }

    @Test func codableFormIsE164AndNothingElse() throws {
        let number = try #require(PhoneNumber(e164: "+41446681800"))

        #expect(try JSONDecoder().decode([PhoneNumber].self, from: JSONEncoder().encode([number])) == [number])
        #expect(throws: PortalError.self) {
            try JSONDecoder().decode([PhoneNumber].self, from: Data(#"["044 668 18 00"]"#.utf8))
        }
    }
}
