import HTTPTypes
import Hummingbird
import NIOCore

/// Compresses large JSON answers for who takes gzip. Streams, files and small answers stay as they are.
enum AnswerCompression {
    /// Bytes; a smaller answer fits into a few packets, and compressing it costs more than it saves.
    static let least = 4 << 10

    /// - Parameter request: What `response` answers.
    static func apply(to response: inout Response, for request: Request) async throws {
        guard request.method == .get || request.method == .head,
            let length = response.body.contentLength, length >= least,
            response.headers[.contentType]?.hasPrefix("application/json") == true,
            response.headers[.contentEncoding] == nil
        else { return }
        response.headers[.vary] = "Accept-Encoding"
        guard Gzip.isAccepted(request.headers[values: .acceptEncoding]) else { return }
        let collector = Collector()
        try await response.body.write(collector)
        guard let small = Gzip.compressed(collector.bytes, .quick) else { return }
        response.headers[.contentEncoding] = "gzip"
        response.headers[.contentLength] = String(small.count)
        response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: small))
    }

    /// Takes a body that is in memory already.
    private final class Collector: ResponseBodyWriter {
        private(set) var bytes: [UInt8] = []

        func write(_ buffer: ByteBuffer) { bytes.append(contentsOf: buffer.readableBytesView) }

        func finish(_ trailingHeaders: HTTPFields?) {}
    }
}
