import Foundation
import PatchbaySDK

/// Held by the one server of a store, so that nobody serves or restores it at the same time.
public final class ServingLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of the store at `path`; it is given back when the process ends, however it ends.
    ///
    /// - Throws: `PortalError.conflict` (`store.in-use`) when a server runs on this store.
    public init(store path: String) throws {
        let file = path + ".lock"
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        descriptor = open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw PortalError(
                .conflict, id: "store.in-use", "A server is running on \(path). Stop it first, or choose another store."
            )
        }
    }

    /// Whether a server runs on the store at `path`.
    public static func isHeld(store path: String) -> Bool {
        let descriptor = open(path + ".lock", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    deinit { close(descriptor) }
}
