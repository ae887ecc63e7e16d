import CZlib
import Crypto
import Foundation
import PatchbaySDK

/// Writes a ZIP file (APPNOTE 6.3, deflate, names in UTF-8) entry by entry, so that what is large is never in memory.
final class ZipWriter {
    /// What became of an entry.
    struct Entry {
        let name: String
        /// In bytes, before compression.
        var size = 0
        /// SHA-256 of the content, in hexadecimal.
        var sha256 = ""
        fileprivate var crc: UInt32 = 0
        fileprivate var compressedSize = 0
        fileprivate var offset = 0
    }

    /// Without ZIP64 neither a file nor the whole may be larger: 4 GiB less one byte.
    private static let mostBytes = Int(UInt32.max)
    private static let mostEntries = Int(UInt16.max)
    private static let chunkInBytes = 64 << 10

    private(set) var entries: [Entry] = []
    private let handle: FileHandle
    private var position = 0
    private let time: (date: UInt16, time: UInt16)

    /// Makes the file, readable by its owner only.
    ///
    /// - Throws: `PortalError` `export.not-written` when it can't be made, or is there already.
    init(path: String, at now: Date) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PortalError(
                .conflict, id: "export.not-written",
                "The file \(path) can't be made. Name one that isn't there yet, in a folder you may write to.")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: now)
        time = (
            UInt16((max(1980, parts.year ?? 1980) - 1980) << 9 | (parts.month ?? 1) << 5 | (parts.day ?? 1)),
            UInt16((parts.hour ?? 0) << 11 | (parts.minute ?? 0) << 5 | (parts.second ?? 0) / 2)
        )
    }

    /// Adds an entry; `fill` is handed a function that takes its next bytes.
    ///
    /// - Throws: what `fill` throws; `export.too-large` beyond 4 GiB or 65,535 entries.
    func add(_ name: String, _ fill: (_ write: ([UInt8]) throws -> Void) throws -> Void) throws {
        guard entries.count < Self.mostEntries else { throw Self.tooLarge }
        var entry = Entry(name: name)
        entry.offset = position
        try put(header(of: entry))
        let start = position
        var hash = SHA256()
        let deflater = try Deflater()
        try fill { bytes in
            entry.size += bytes.count
            entry.crc = bytes.withUnsafeBufferPointer { buffer in
                UInt32(truncatingIfNeeded: crc32(uLong(entry.crc), buffer.baseAddress, uInt(buffer.count)))
            }
            hash.update(data: bytes)
            try deflater.add(bytes, isLast: false) { try put($0) }
        }
        try deflater.add([], isLast: true) { try put($0) }
        entry.compressedSize = position - start
        entry.sha256 = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard position <= Self.mostBytes, entry.size <= Self.mostBytes else { throw Self.tooLarge }
        try handle.seek(toOffset: UInt64(entry.offset))
        try handle.write(contentsOf: header(of: entry))
        try handle.seek(toOffset: UInt64(position))
        entries.append(entry)
    }

    /// Writes the directory and closes the file.
    func finish() throws {
        let start = position
        for entry in entries {
            var bytes = Bytes(0x0201_4b50 as UInt32)
            bytes.add(UInt16(20 | 3 << 8))  // made on Unix, for the mode below
            bytes.append(fields(of: entry))
            bytes.add(UInt16(0))  // comment
            bytes.add(UInt16(0))  // disk
            bytes.add(UInt16(0))  // internal attributes
            bytes.add(UInt32(0o100600 << 16))
            bytes.add(UInt32(entry.offset))
            bytes.data.append(contentsOf: entry.name.utf8)
            try put(bytes.data)
        }
        var end = Bytes(0x0605_4b50 as UInt32)
        end.add(UInt32(0))  // disks
        end.add(UInt16(entries.count))
        end.add(UInt16(entries.count))
        end.add(UInt32(position - start))
        end.add(UInt32(start))
        end.add(UInt16(0))  // comment
        try put(end.data)
        guard position <= Self.mostBytes else { throw Self.tooLarge }
        try handle.synchronize()
        try handle.close()
    }

    private func header(of entry: Entry) -> Data {
        var bytes = Bytes(0x0403_4b50 as UInt32)
        bytes.append(fields(of: entry))
        bytes.data.append(contentsOf: entry.name.utf8)
        return bytes.data
    }

    /// What the header of an entry and its line in the directory share.
    private func fields(of entry: Entry) -> Data {
        var bytes = Bytes(UInt16(20))  // version needed: 2.0, deflate
        bytes.add(UInt16(1 << 11))  // the name is UTF-8
        bytes.add(UInt16(8))  // deflate
        bytes.add(time.time)
        bytes.add(time.date)
        bytes.add(entry.crc)
        bytes.add(UInt32(entry.compressedSize))
        bytes.add(UInt32(entry.size))
        bytes.add(UInt16(entry.name.utf8.count))
        bytes.add(UInt16(0))  // extra field
        return bytes.data
    }

    private func put(_ data: Data) throws {
        try handle.write(contentsOf: data)
        position += data.count
    }

    private static let tooLarge = PortalError(
        .tooLarge, id: "export.too-large",
        "This export would be larger than a ZIP file can be (4 GB or 65,535 files). Export single conversations.")

    /// Numbers in the order of a ZIP file: the lowest byte first.
    private struct Bytes {
        var data = Data()

        init(_ first: some FixedWidthInteger) { add(first) }

        mutating func add(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
        }

        mutating func append(_ more: Data) { data.append(more) }
    }
}

/// Raw deflate (RFC 1951) by the system's zlib, in pieces.
private final class Deflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init() throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard
            deflateInit2_(
                stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                CInt(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func add(_ bytes: [UInt8], isLast: Bool, _ put: (Data) throws -> Void) throws {
        var input = bytes
        try input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = uInt(input.count)
            repeat {
                let count = buffer.withUnsafeMutableBufferPointer { output in
                    stream.pointee.next_out = output.baseAddress
                    stream.pointee.avail_out = uInt(output.count)
                    _ = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    return output.count - Int(stream.pointee.avail_out)
                }
                if count > 0 { try put(Data(buffer[..<count])) }
            } while stream.pointee.avail_out == 0
        }
    }
}
