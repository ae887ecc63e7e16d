import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Kannel

@Suite struct GatewayTestTests {
    private static let wrongToken = #"{"id":"kannel.wrong-token"}"#
    private static let idMissing = #"{"id":"kannel.id-missing"}"#
    private static let noReceiver = "Missing receiver number, rejected"

    private func diagnoses(_ answers: (Int, String)...) async throws -> [Diagnosis] {
        let host = try await makeHost()
        for (status, text) in answers { host.http.answerNext(status: status, text) }
        return await host.plugin.selfTest(of: nil)
    }

    @Test("U7: a gateway that lets the user in, and a webhook that knows its token, are all well; nothing is sent")
    func allIsWell() async throws {
        let found = try await diagnoses((400, Self.noReceiver), (401, Self.wrongToken), (400, Self.idMissing))

        #expect(found.map(\.subject) == ["Gateway", "Sign-in", "Webhook", "Verification"])
        #expect(found.allSatisfy { $0.verdict == .good && $0.mend == nil })
    }

    @Test("U7: a wrong password names the group of kannel.conf to look at")
    func wrongPasswordIsNamed() async throws {
        let found = try await diagnoses((403, "Authorization failed"), (401, Self.wrongToken), (400, Self.idMissing))

        #expect(found[1].verdict == .bad)
        #expect(found[1].mend?.contains("sendsms-user") == true)
    }

    @Test(
        "U7: a wrong address, and something else that answers there, are told apart",
        arguments: [(404, "Unknown request.", "sendsms-url"), (200, "<html>", "sendsms-port")])
    func wrongAddressIsNamed(_ status: Int, _ text: String, _ mend: String) async throws {
        let found = try await diagnoses((status, text), (401, Self.wrongToken), (400, Self.idMissing))

        #expect(found[0].verdict == .bad)
        #expect(found[0].mend?.contains(mend) == true)
    }

    @Test("U7: another server behind callbackURL is bad, one that can't be reached from here is doubtful")
    func webhookOfAnotherIsNamed() async throws {
        let other = try await diagnoses((400, Self.noReceiver), (404, "Not found"))
        let nobody = try await diagnoses((400, Self.noReceiver))

        #expect(other.last?.subject == "Webhook" && other.last?.verdict == .bad)
        #expect(nobody.last?.verdict == .doubtful)
        #expect(nobody.last?.mend?.contains("must answer 401") == true)
    }

    @Test("U7: a proxy that eats the token is found out")
    func eatenTokenIsFound() async throws {
        let found = try await diagnoses((400, Self.noReceiver), (401, Self.wrongToken), (401, Self.wrongToken))

        #expect(found.last?.verdict == .bad)
        #expect(found.last?.mend?.contains("proxy") == true)
    }
}
