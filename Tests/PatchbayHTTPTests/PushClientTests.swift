import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

@Suite("Web Push: where addresses lead")
struct PushClientTests {
    private static func client(_ addresses: [[UInt8]]) -> PushClient {
        PushClient { _ in addresses.map { AddressLookup.Address(bytes: $0, text: "") } }
    }

    @Test(
        "D3, X7: a name that leads inside, in part or nowhere is refused when it is looked up, with one sentence",
        arguments: [
            [], [[127, 0, 0, 1]], [[8, 8, 8, 8], [10, 0, 0, 1]], [[169, 254, 169, 254]],
            [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
        ] as [[[UInt8]]])
    func inside(addresses: [[UInt8]]) async throws {
        let endpoint = try PushEndpoint("https://push.example/1", named: [])
        let client = Self.client(addresses)

        let checked = await #expect(throws: PortalError.self) { try await client.check(endpoint) }
        let opened = await #expect(throws: PortalError.self) { _ = try await client.open(endpoint) }

        #expect(checked?.id == "push.endpoint-refused" && opened?.id == "push.endpoint-refused")
    }

    @Test("A public name is taken")
    func outside() async throws {
        let endpoint = try PushEndpoint("https://push.example/1", named: [])

        try await Self.client([[8, 8, 8, 8]]).check(endpoint)
    }

    @Test("X7: the system's resolver tells what localhost is")
    func localhost() async throws {
        let found = try await AddressLookup.addresses(of: "localhost")

        #expect(!found.isEmpty)
        #expect(found.allSatisfy { !PublicAddress.isPublic($0.bytes) })
    }
}
