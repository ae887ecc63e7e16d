import Foundation
import Hummingbird
import NIOCore
import PatchbayHost
import PatchbaySDK

/// `/admin/domains/{domain}/export/…`: everything of a conversation or of a person as a ZIP file.
enum AdminExportEndpoints {
    private static let chunkInBytes = 64 << 10

    static let all: [Endpoint] = [
        .get("/admin/domains/{domain}/export/conversations/{id}", .user(.domainAdmin)) { request in
            try await export(.conversation(request.id("id")), request)
        },
        .get("/admin/domains/{domain}/export/people/{id}", .user(.domainAdmin)) { request in
            try await export(.person(request.id("id")), request)
        },
    ]

    private static func export(_ subject: RecordExport.Subject, _ request: APIRequest) async throws -> Response {
        let portal = request.portal
        let caller = try request.caller()
        let domain: DomainID = request.id("domain")
        try await portal.store.read { db in _ = try portal.directory.administered(domain, by: caller, in: db) }
        let path = FileManager.default.temporaryDirectory.appending(path: "patchbay-\(UUID().uuidString).zip").path
        let handle = try await offTheLoop {
            try await RecordExport(store: portal.store, clock: portal.clock).write(subject, of: domain, to: path)
            // It lives as long as somebody reads it, whatever becomes of the connection or of the server.
            defer { try? FileManager.default.removeItem(atPath: path) }
            return try FileHandle(forReadingFrom: URL(filePath: path))
        }
        let size = Int(try handle.seekToEnd())
        try handle.seek(toOffset: 0)
        var response = Response(status: .ok)
        response.headers[.contentType] = "application/zip"
        response.headers[.contentDisposition] = AttachmentEndpoints.disposition("attachment", name: "records.zip")
        response.headers[.cacheControl] = "no-store"
        response.body = ResponseBody(contentLength: size) { writer in
            while let chunk = try await offTheLoop({ try handle.read(upToCount: chunkInBytes) }), !chunk.isEmpty {
                try await writer.write(ByteBuffer(bytes: chunk))
            }
            try await writer.finish(nil)
        }
        return response
    }
}
