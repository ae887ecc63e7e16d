import Crypto
import Foundation
import Hummingbird
import PatchbaySDK

/// The portal's own web files. They are read and compressed once; a browser revalidates them by their strong ETag.
struct AssetLibrary: Sendable {
    private let files: [String: Asset]

    /// - Parameters:
    ///   - folder: Where `index.html` lies.
    ///   - isTrimmed: Whether comments are left out of scripts and styles.
    init(folder: URL, isTrimmed: Bool = false) throws {
        var files: [String: Asset] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let url = folder.appending(path: path)
            let isFile = try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            guard isFile, !Self.isForDevelopersOnly(path) else { continue }
            let bytes = Array(try Data(contentsOf: url))
            let isCode = path.hasSuffix(".js") || path.hasSuffix(".css")
            files[path] = Asset(bytes: isTrimmed && isCode ? CommentTrimmer.trimmed(bytes) : bytes, name: path)
        }
        let graph = ModuleGraph { files[$0]?.text }
        for (path, file) in files where path.hasSuffix(".html") {
            let page = graph.preloading(in: file.text)
            if page != file.text { files[path] = Asset(bytes: Array(page.utf8), name: path) }
        }
        self.files = files
    }

    /// The files that a browser loads before it shows the page at `path`: the page, its styles and its modules.
    func firstLoad(of path: String) -> [Asset] {
        guard let page = files[path] else { return [] }
        let links = page.text.matches(of: #/<(?:link|script)[^>]* (?:href|src)="/([^"]+)"/#).map { String($0.1) }
        return [page] + Set(links).compactMap { files[$0] }
    }

    /// The files that come with the program.
    static func bundled() throws -> AssetLibrary { try once.get() }

    private static let once = Result {
        guard let folder = Bundle.module.url(forResource: "Web", withExtension: nil) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try AssetLibrary(folder: folder, isTrimmed: true)
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
    /// The same file in one encoding. Each has its own tag: a strong one stands for the very bytes.
    private struct Form: Sendable {
        let body: ByteBuffer
        let etag: String
    }

    private let plain: Form
    /// `nil` for a file that doesn't get smaller, such as a picture.
    private let zipped: Form?
    private let type: String

    init(bytes: [UInt8], name: String) {
        let digest = SHA256.hash(data: bytes).prefix(16).map { String(format: "%02x", $0) }.joined()
        type = Self.mediaType(of: name)
        plain = Form(body: ByteBuffer(bytes: bytes), etag: "\"\(digest)\"")
        let small = Self.isText(type) ? Gzip.compressed(bytes, .thorough) : nil
        zipped = small.flatMap { small in
            small.count < bytes.count ? Form(body: ByteBuffer(bytes: small), etag: "\"\(digest)-gzip\"") : nil
        }
    }

    /// The file as text.
    var text: String { String(buffer: plain.body) }

    /// What it costs a browser that takes gzip, without the header.
    var transferredBytes: Int { (zipped ?? plain).body.readableBytes }

    func response(to call: Call) -> Response {
        guard call.method == .get else { return Problem.methodNotAllowed(allow: ["GET", "HEAD"]).response }
        let takesGzip = zipped != nil && Gzip.isAccepted(call.request.headers[values: .acceptEncoding])
        let form = takesGzip ? zipped ?? plain : plain
        var headers: HTTPFields = [.eTag: form.etag, .cacheControl: "no-cache"]
        if zipped != nil { headers[.vary] = "Accept-Encoding" }
        if Self.matches(call.request.headers[values: .ifNoneMatch], form.etag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        headers[.contentLength] = String(form.body.readableBytes)
        if takesGzip { headers[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: form.body))
    }

    private static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") || type.hasPrefix("application/") && type != "application/octet-stream"
            || type == "image/svg+xml"
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
