import CZlib
import HTTPTypes

/// gzip (RFC 1952) by the system's zlib.
enum Gzip {
    /// How hard zlib tries.
    enum Effort: Int32 {
        /// For what is made anew for each request.
        case quick = 1
        /// For what is compressed once.
        case thorough = 9
    }

    /// `bytes` compressed; `nil` when zlib has no memory for it. Equal bytes give equal bytes: there is no time in it.
    static func compressed(_ bytes: [UInt8], _ effort: Effort) -> [UInt8]? {
        var stream = z_stream()
        let windowBits = MAX_WBITS + 16  // 16 asks for gzip in place of zlib's own format.
        guard
            deflateInit2_(
                &stream, effort.rawValue, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                CInt(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        // That is all it can need, so one call does it.
        let capacity = Int(deflateBound(&stream, uLong(bytes.count)))
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            var isDone = false
            let output = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(capacity)
                isDone = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = Int(stream.total_out)
            }
            return isDone ? output : nil
        }
    }

    /// Whether a request with these `Accept-Encoding` fields takes gzip (RFC 9110 §12.5.3).
    static func isAccepted(_ fields: [String]) -> Bool {
        var byName: [String: Bool] = [:]
        for part in fields.joined(separator: ",").split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let name = pieces.first else { continue }
            let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            byName[name] = quality > 0
        }
        return byName["gzip"] ?? byName["x-gzip"] ?? byName["*"] ?? false
    }
}
