import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/attachments`: files of messages. What people upload never runs in a browser.
enum AttachmentEndpoints {
    static let all: [Endpoint] = [
        .post("/attachments", .user(.portal), .raw(limitInBytes: RequestLimit.attachmentInBytes)) { request in
            let stored = try await offTheLoop {
                try await request.portal.attachments.add(
                    request.bytes, name: request.query["name"]?.string ?? "",
                    mediaType: request.raw.headers[.contentType] ?? "application/octet-stream", by: request.caller())
            }
            return .json(stored.json, status: .created)
        },
        .get("/attachments/{id}", .user(.portal)) { request in
            let (file, bytes) = try await offTheLoop {
                try await request.portal.attachments.open(request.id("id"), for: request.caller())
            }
            var response = Response.bytes(bytes, type: file.mediaType)
            let isInline = inlineTypes.contains(file.mediaType)
            response.headers[.contentDisposition] = disposition(isInline ? "inline" : "attachment", name: file.name)
            response.headers[.contentSecurityPolicy] = SecurityHeaders.uploadPolicy
            response.headers[.cacheControl] = "private, max-age=31536000, immutable"
            return response
        },
    ]

    /// Pictures that browsers only paint. SVG isn't one: it can hold script.
    private static let inlineTypes: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp"]

    /// RFC 6266: the name in ASCII for old programs, and as it is.
    static func disposition(_ kind: String, name: String) -> String {
        let plain = String(name.unicodeScalars.map { isPlain($0) ? Character($0) : "_" })
        let exact = name.utf8.map { byte in
            isAttributeCharacter(byte) ? String(UnicodeScalar(byte)) : "%" + hex[Int(byte >> 4)] + hex[Int(byte & 15)]
        }.joined()
        return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(exact)"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        (0x20..<0x7F).contains(scalar.value) && scalar != "\"" && scalar != "\\" && scalar != "/"
    }

    private static func isAttributeCharacter(_ byte: UInt8) -> Bool {
        let scalar = UnicodeScalar(byte)
        return scalar.isASCII
            && (scalar.properties.isAlphabetic || "0123456789!#$&+-.^_`|~".unicodeScalars.contains(scalar))
    }

    private static let hex = "0123456789ABCDEF".map { String($0) }
}
