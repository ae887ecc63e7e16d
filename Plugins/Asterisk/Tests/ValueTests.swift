import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Asterisk

@Suite struct ValueTests {
    @Test(arguments: ["a\r\nAction: Command", "a\nb", "a\rb", "a\u{0}b", String(repeating: "x", count: 1025)])
    func noValueBeginsAHeaderOfItsOwn(_ value: String) throws {
        var action = AMIAction("Originate")

        #expect(throws: PortalError.self) { try action.add("Channel", value) }

        #expect(String(decoding: action.bytes(id: "1"), as: UTF8.self) == "Action: Originate\r\nActionID: 1\r\n\r\n")
    }

    @Test(arguments: [
        ("Ben Okafor", "Ben Okafor"), ("Okafor, Ben", "Okafor Ben"), ("a\r\nVariable: X=1", "a Variable: X 1"),
        ("\"Ben\" <666>;X=1\\,", "Ben 666 X 1"), ("${SHELL(rm)}", "SHELL rm"), ("Zoë 你好 👋", "Zoë 你好 👋"),
        ("\u{202E}neB\u{2028}x", "neB x"), (String(repeating: "n", count: 80), String(repeating: "n", count: 60)),
    ])
    func namesAreShownWithoutWhatMeansSomething(_ name: String, _ shown: String) {
        #expect(Order.shown(name) == shown)
    }

    @Test(arguments: [
        ("PJSIP/{extension}", "1001", "PJSIP/1001"), ("PJSIP/{domain}-{extension}", "1001", "PJSIP/acme.example-1001"),
        ("SIP/{extension}@trunk", "1001", "SIP/1001@trunk"),
    ])
    func endpointsAreFilledAndReadBack(_ template: String, _ number: String, _ device: String) throws {
        let endpoint = try EndpointTemplate(template, domain: .acme)

        #expect(try endpoint.device(of: number) == device)
        #expect(endpoint.extension(of: device) == number)
        #expect(endpoint.extension(of: "Local/1001@x") == nil)
    }

    @Test(arguments: ["PJSIP", "PJSIP/1001", "PJSIP/{extension}&{extension}", "{extension}", "PJSIP/{extension},10"])
    func oddEndpointsAreRefused(_ template: String) {
        #expect(throws: PortalError.self) { try EndpointTemplate(template, domain: .acme) }
    }

    @Test(arguments: [
        "100&PJSIP/200", "100,60", "", "10 0", "../x", "100@evil", "1\r\n", String(repeating: "1", count: 41),
    ])
    func extensionsThatMeanMoreAreRefused(_ number: String) throws {
        let endpoint = try EndpointTemplate("PJSIP/{extension}", domain: .acme)

        #expect(throws: PortalError.self) { try endpoint.device(of: number) }
    }

    @Test(arguments: [("{e164}", "+41791234567"), ("00{digits}", "0041791234567"), ("9{digits}", "941791234567")])
    func numbersAreDialledAsTheDialPlanWants(_ template: String, _ dialled: String) throws {
        let domain = try ServedDomain(.acme, ["context": "users", "number": .string(template)])

        #expect(try domain.dialled(.number(.customer)) == dialled)
        #expect(try domain.dialled(.extension("101")) == "101")
    }

    @Test(arguments: ["a,b", "a;b", "\"", "\\", "a\nb"])
    func variablesThatHoldMoreAreRefused(_ value: String) {
        #expect(throws: PortalError.self) {
            try ServedDomain(.acme, ["context": "users", "variables": ["X": .string(value)]])
        }
    }

    @Test func theOrderNamesBothLegs() throws {
        let domain = try ServedDomain(.acme, ["context": "users", "variables": ["ACCOUNT": "acme"]])
        let request = CallRequest(
            id: CallID(rawValue: "1"), caller: TestPerson.alice.caller, extension: "100",
            destination: .extension("101"),
            displayName: "Bob, B.")

        let order = try Order.action(for: request, channel: "patchbay-1", in: domain, ringTime: .seconds(30))

        #expect(
            String(decoding: order.bytes(id: "patchbay-1"), as: UTF8.self) == """
                Action: Originate\r\nActionID: patchbay-1\r\nChannel: PJSIP/100\r\nContext: users\r\nExten: 101\r
                Priority: 1\r\nTimeout: 30000\r\nAsync: true\r\nChannelId: patchbay-1\r
                Variable: CONNECTEDLINE(name,i)=Bob B.\r\nVariable: CONNECTEDLINE(num,i)=101\r\nVariable: ACCOUNT=acme\r\n\r\n
                """)
    }

    @Test(arguments: [
        ("NOT_INUSE", PhoneState.idle), ("INUSE", .busy), ("BUSY", .busy), ("ONHOLD", .busy), ("RINGINUSE", .busy),
        ("RINGING", .ringing), ("UNAVAILABLE", .offline), ("INVALID", .offline), ("UNKNOWN", .unknown), ("", .unknown),
    ])
    func deviceStatesAreUnderstood(_ text: String, _ state: PhoneState) {
        #expect(PhoneState(deviceState: text) == state)
    }

    @Test(arguments: [
        (0, PhoneState.idle), (1, .busy), (2, .busy), (4, .offline), (8, .ringing), (9, .busy), (16, .busy),
        (17, .busy),
        (-1, .unknown), (-2, .unknown), (32, .unknown),
    ])
    func extensionStatesAreUnderstood(_ bits: Int, _ state: PhoneState) {
        #expect(PhoneState(extensionStatus: bits) == state)
    }
}
