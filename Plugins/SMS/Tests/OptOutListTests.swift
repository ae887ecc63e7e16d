import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

/// The administrators' list of who wants no messages: what is found in it, and what is taken from it.
@Suite struct OptOutListTests {
    private func listed(_ query: String = "", on host: TestHost<SMSPlugin>) async throws -> [JSON] {
        try await host.request(.get, "opt-outs?query=\(query)", as: .olga).json["items"]?.array ?? []
    }

    /// A customer has written STOP to two of our numbers; each stops that number only.
    private func stoppedTwice() async throws -> TestHost<SMSPlugin> {
        let host = try await TestHost(SMSPlugin.self, settings: ["optOutHoldsFor": "number"])
        for (id, number) in [("a", PhoneNumber.acmeDesk), ("b", .aliceDirect)] {
            try await host.plugin.receive(
                InboundSMS(
                    carrier: PluginID(rawValue: "simulator"), carrierMessageID: id, from: PhoneNumber.customer.e164,
                    to: number, text: "STOP"))
        }
        return host
    }

    private func ours(on host: TestHost<SMSPlugin>) async throws -> Set<String> {
        Set(try await listed(on: host).compactMap { $0["ourNumber"]?.string })
    }

    @Test(
        "U2: a number is found as it is dialled, with zeros in front",
        arguments: ["0171%202345", "0049%20171", "1712345678", "0", "00"])
    func zerosOfDialling(typed: String) async throws {
        let host = try await TestHost(SMSPlugin.self)
        _ = try await host.request(.put, "opt-outs/+491712345678", as: .olga)

        #expect(try await listed(typed, on: host).compactMap { $0["remote"]?.string } == ["+491712345678"])
        #expect(try await listed("0171%209999", on: host) == [])
        #expect(try await listed("nobody", on: host) == [])
    }

    @Test("U2: one pair of numbers is taken from the list, and the customer's others stay on it")
    func pairIsRemoved() async throws {
        let host = try await stoppedTwice()
        let path = "opt-outs/\(PhoneNumber.customer.e164)"
        let body: JSON = ["reason": "Asked for it", "ourNumber": .string(PhoneNumber.acmeDesk.e164)]

        let removed = try await host.request(.post, path + "/removal", as: .olga, json: body)
        let again = try await host.request(.post, path + "/removal", as: .olga, json: body)

        #expect(removed.status == 204 && again.status == 404)
        #expect(try await ours(on: host) == [PhoneNumber.aliceDirect.e164])
        let formatted = try await listed(on: host).first?["ourNumberFormatted"]?.string
        #expect(formatted == PhoneNumber.formatted(PhoneNumber.aliceDirect.e164, for: "CH"))
        let ledger = try await host.request(.get, "ledger", as: .olga).json["items"]?.array?.first
        #expect(ledger?["deed"] == "start" && ledger?["ourNumber"]?.string == PhoneNumber.acmeDesk.e164)
    }

    @Test("U2: a pair that is removed without a reason is one pair, too; without our number all go")
    func removalWithoutPairRemovesAll() async throws {
        let host = try await stoppedTwice()
        let path = "opt-outs/\(PhoneNumber.customer.e164)"
        let pair = PhoneNumber.aliceDirect.e164.replacing("+", with: "%2B")

        _ = try await host.request(.delete, "\(path)?ourNumber=\(pair)", as: .olga)
        #expect(try await ours(on: host) == [PhoneNumber.acmeDesk.e164])

        let both = try await stoppedTwice()
        #expect(try await both.request(.delete, path, as: .olga).status == 204)
        #expect(try await listed(on: both) == [])
    }

    @Test("U2: a stop for all of the domain stays when one pair is removed")
    func stopForAllStays() async throws {
        let host = try await stoppedTwice()
        let path = "opt-outs/\(PhoneNumber.customer.e164)"
        _ = try await host.request(.put, path, as: .olga)
        let body: JSON = ["reason": "Asked for it", "ourNumber": .string(PhoneNumber.acmeDesk.e164)]

        _ = try await host.request(.post, path + "/removal", as: .olga, json: body)

        let left = try await listed(on: host)
        #expect(left.map { $0["holdsForNumberOnly"] } == [false, true])
    }
}
