import Crypto
import Foundation
import Hummingbird
import PatchbaySDK

/// The portal's own web files. They are read once; a browser revalidates them by their strong ETag.
struct AssetLibrary: Sendable {
    private let files: [String: Asset]

    /// - Parameter folder: Where `index.html` lies.
    init(folder: URL) throws {
        var files: [String: Asset] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let url = folder.appending(path: path)
            let isFile = try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            guard isFile, !Self.isForDevelopersOnly(path) else { continue }
            files[path] = Asset(bytes: Array(try Data(contentsOf: url)), name: path)
        }
        self.files = files
    }

    /// The files that come with the program.
    static func bundled() throws -> AssetLibrary {
        guard let folder = Bundle.module.url(forResource: "Web", withExtension: nil) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try AssetLibrary(folder: folder)
    }

    /// The file at `path`, if there is one.
    func file(_ path: String, for call: Call) -> Response? { files[path]?.response(to: call) }

    func answer(_ call: Call) -> Response {
        if let file = file(call.target.path.joined(separator: "/"), for: call) {
            call.route.set("asset")
            return file
        }
        if Self.isClientPage(call.target.path), let index = files["index.html"] {
            call.route.set("page")
            return index.response(to: call)
        }
        return Problem.noSuchPage.response
    }

    /// Addresses that the page's own code routes.
    private static func isClientPage(_ path: [String]) -> Bool {
        guard let first = path.first else { return true }
        return ["messages", "history", "contacts", "settings", "admin", "sign-in"].contains(first) && path.count <= 4
    }

    private static func isForDevelopersOnly(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "tests" || $0 == "types" || $0 == "README.md" }
    }
}

/// A file for browsers.
struct Asset: Sendable {
    private let body: ByteBuffer
    private let etag: String
    private let type: String

    init(bytes: [UInt8], name: String) {
        body = ByteBuffer(bytes: bytes)
        etag = "\"" + SHA256.hash(data: bytes).prefix(16).map { String(format: "%02x", $0) }.joined() + "\""
        type = Self.mediaType(of: name)
    }

    func response(to call: Call) -> Response {
        guard call.method == .get else { return Problem.methodNotAllowed(allow: ["GET", "HEAD"]).response }
        var headers: HTTPFields = [.eTag: etag, .cacheControl: "no-cache"]
        if Self.matches(call.request.headers[values: .ifNoneMatch], etag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        headers[.contentLength] = String(body.readableBytes)
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    private static func matches(_ headers: [String], _ etag: String) -> Bool {
        headers.joined(separator: ",").split(separator: ",").contains {
            let tag = $0.filter { $0 != " " }
            return tag == "*" || tag == etag || tag == "W/" + etag
        }
    }

    static func mediaType(of name: String) -> String {
        switch name.split(separator: ".").last?.lowercased() {
        case "html": "text/html; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "json": "application/json"
        case "webmanifest": "application/manifest+json"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "ico": "image/x-icon"
        case "webp": "image/webp"
        case "woff2": "font/woff2"
        case "wav": "audio/wav"
        case "mp3": "audio/mpeg"
        case "ogg": "audio/ogg"
        case "txt", "md": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
