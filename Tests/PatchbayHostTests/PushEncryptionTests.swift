import Crypto
import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

@Suite("Web Push: encryption and addresses")
struct PushEncryptionTests {
    @Test("RFC 8291, appendix A: the example's keys and salt give the example's message, byte for byte")
    func theStandardsExample() throws {
        let keys = try PushKeys(
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            auth: "BTBZMqHH6r4Tts7J_aSIgg")
        let sender = try P256.KeyAgreement.PrivateKey(
            rawRepresentation: try #require(Data(base64URL: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")))

        let body = try PushEncryption.encrypt(
            Data("When I grow up, I want to be a watermelon".utf8), for: keys, key: sender,
            salt: try #require(Data(base64URL: "DGv6ra1nlYgDCS1FRnbzlw")), padding: 0)

        let expected =
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
            + "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        #expect(body.base64URL == expected)
    }

    @Test(
        "Padded messages have few lengths, and none is longer than a service takes", arguments: [0, 1, 900, 1023, 3993])
    func padding(count: Int) throws {
        let keys = try browserKeys()

        let body = try PushEncryption.encrypt(
            Data(repeating: 65, count: count), for: keys, key: P256.KeyAgreement.PrivateKey(),
            salt: Data(repeating: 1, count: 16), padding: PushEncryption.padding(for: count))

        #expect(body.count <= 4096)
        #expect([1024 + 103, 4096].contains(body.count))
    }

    @Test("D3: keys that aren't a point of the curve and 16 bytes are refused")
    func wrongKeys() {
        let auth = Data(repeating: 7, count: 16).base64URL
        #expect(throws: PortalError.self) { try PushKeys(p256dh: "BA" + String(repeating: "A", count: 85), auth: auth) }
        #expect(throws: PortalError.self) { try PushKeys(p256dh: "", auth: auth) }
        let point = P256.KeyAgreement.PrivateKey().publicKey.x963Representation.base64URL
        #expect(throws: PortalError.self) { try PushKeys(p256dh: point, auth: "c2hvcnQ") }
    }

    private func browserKeys() throws -> PushKeys {
        try PushKeys(
            p256dh: P256.KeyAgreement.PrivateKey().publicKey.x963Representation.base64URL,
            auth: Data(repeating: 7, count: 16).base64URL)
    }

    @Test(
        "D3, X7: addresses that aren't on the internet are known as such",
        arguments: [
            [127, 0, 0, 1], [10, 1, 2, 3], [172, 31, 0, 1], [192, 168, 1, 1], [169, 254, 169, 254], [100, 64, 0, 1],
            [0, 0, 0, 0], [224, 0, 0, 1], [255, 255, 255, 255], [198, 19, 0, 1],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 8, 8, 8, 8],
            [0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0x20, 0x02, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1], [1, 2, 3],
        ] as [[UInt8]])
    func inside(address: [UInt8]) { #expect(!PublicAddress.isPublic(address)) }

    @Test(
        "Public addresses are public",
        arguments: [
            [8, 8, 8, 8], [172, 32, 0, 1], [142, 250, 1, 1],
            [0x2A, 0x00, 0x14, 0x50, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0x0E],
        ] as [[UInt8]])
    func outside(address: [UInt8]) { #expect(PublicAddress.isPublic(address)) }

    @Test(
        "X7: an address of a push service is HTTPS, of a host with a name, at the standard port",
        arguments: [
            "https://fcm.googleapis.com/fcm/send/abc:DEF-1_2", "https://web.push.apple.com/QGu",
            "https://db5p.notify.windows.com/w/?token=BQ%2b",
            "https://updates.push.services.mozilla.com:443/wpush/v2/g",
        ])
    func endpoints(text: String) throws {
        #expect(try PushEndpoint(text, named: []).isNamed == false)
    }

    @Test("The token is for the origin, without the port that goes without saying")
    func origin() throws {
        #expect(try PushEndpoint("https://push.example:443/1", named: []).origin == "https://push.example")
        let named = try PushEndpoint("http://127.0.0.1:9000/1", named: ["http://127.0.0.1:9000"])
        #expect(named.origin == "http://127.0.0.1:9000" && named.isNamed)
        #expect(throws: PortalError.self) {
            try PushEndpoint("http://127.0.0.1:9001/1", named: ["http://127.0.0.1:9000"])
        }
    }

    @Test("Retry-After is seconds or a date")
    func retryAfter() {
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(RetryAfter.wait("120", at: now) == .seconds(120))
        #expect(RetryAfter.wait("Tue, 14 Nov 2023 22:14:20 GMT", at: now) == .seconds(60))
        #expect(RetryAfter.wait("Tue, 14 Nov 2023 22:00:00 GMT", at: now) == .zero)
        #expect(RetryAfter.wait("soon", at: now) == nil)
    }

    @Test("The key is made once, for its owner only; one that can't be read is said so")
    func vapidKey() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).vapid").path
        defer { try? FileManager.default.removeItem(atPath: path) }

        let made = try VAPIDKey(at: path)

        #expect(try VAPIDKey(at: path).publicKey == made.publicKey)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try "nonsense".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: PortalError.self) { try VAPIDKey(at: path) }
    }
}
