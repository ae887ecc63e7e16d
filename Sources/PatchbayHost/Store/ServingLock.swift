import Foundation
import PatchbaySDK

/// Held by the one server of a store, so that nobody serves or restores it at the same time.
public final class ServingLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of the store at `path`; it is given back when the process ends, however it ends.
    ///
    /// - Throws: `PortalError.conflict` (`store.in-use`) when a server runs on this store, `PortalError.unavailable`
    ///   (`store.not-writable`) when nothing can be written beside it.
    public init(store path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent()
        // Whether that worked is seen by the lock, which has the system's own word for what is wrong.
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        descriptor = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw PortalError(
                .unavailable(retryAfter: .seconds(60)), id: "store.not-writable",
                """
                Nothing can be written in \(folder.path(percentEncoded: false)): \(reason). Check that the folder is \
                there, that its disk is mounted, and that \(NSUserName()) may write into it.
                """)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
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
