import Foundation
import NIOCore
import NIOSSL
import PatchbaySDK

/// What keeps a server from starting, in sentences that say what to do.
enum StartFaults {
    /// The address can't be listened on.
    static func listening(_ error: IOError, host: String, port: Int) -> PortalError {
        let mend = "Choose another with --host and --port, or under \"listen\" in the manifest."
        let reason =
            switch error.errnoCode {
            case EADDRINUSE: "Another program listens on port \(port) of \(host) already. Stop it, or: "
            case EADDRNOTAVAIL: "This machine has no address \(host). "
            case EACCES: "Port \(port) is not for \(NSUserName()): those below 1024 are the system's. "
            default:
                "The server can't listen on port \(port) of \(host): \(String(cString: strerror(error.errnoCode))). "
            }
        let begins = reason.hasSuffix(": ") ? mend.prefix(1).lowercased() + mend.dropFirst() : mend
        return PortalError(.conflict, id: "server.cannot-listen", reason + begins)
    }

    /// A file that TLS needs is not there, or not for us.
    static func unreadable(_ path: String) -> PortalError {
        PortalError(
            .invalid, id: "tls.unreadable",
            "There is no readable file \(path). Correct its path under \"tls\" in the manifest, or let \(NSUserName()) read it."
        )
    }

    /// A file that TLS needs has something else in it.
    static func unusable(_ path: String, for purpose: String) -> PortalError {
        PortalError(.invalid, id: "tls.unusable", "There is no \(purpose) in PEM in \(path). Put the right file there.")
    }

    /// Both files are sound, but not of the same pair.
    static func unlike(_ files: ServerSettings.TLSFiles) -> PortalError {
        PortalError(
            .invalid, id: "tls.unlike",
            "The key in \(files.privateKey) doesn't belong to the first certificate in \(files.certificateChain). "
                + "Put the certificate of the server itself first, and its own key beside it.")
    }
}

extension ServerSettings.TLSFiles {
    /// Reads both files.
    ///
    /// - Throws: `PortalError` (`tls.unreadable`, `tls.unusable`) naming the file that can't be used.
    func configuration() throws -> TLSConfiguration {
        for path in [certificateChain, privateKey] where !FileManager.default.isReadableFile(atPath: path) {
            throw StartFaults.unreadable(path)
        }
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(certificateChain), !certificates.isEmpty else {
            throw StartFaults.unusable(certificateChain, for: "certificate")
        }
        guard let key = try? NIOSSLPrivateKey(file: privateKey, format: .pem) else {
            throw StartFaults.unusable(privateKey, for: "private key")
        }
        return TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
    }

    /// Tries the files before anything is started for which they are needed.
    ///
    /// - Throws: `PortalError` (`tls.unreadable`, `tls.unusable`, `tls.unlike`).
    public func check() throws {
        let configuration = try configuration()
        guard (try? NIOSSLContext(configuration: configuration)) != nil else { throw StartFaults.unlike(self) }
    }
}
