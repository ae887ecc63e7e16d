import Foundation
import PatchbaySDK

/// Turns what SQLite reports into the sentence a person gets.
enum StoreFault {
    /// The error for a call that failed: as it is, unless SQLite itself couldn't work.
    static func explain(_ error: any Error) -> any Error {
        guard let fault = error as? DatabaseError else { return error }
        switch fault.resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR:
            return PortalError(
                .unavailable(retryAfter: .seconds(5)), id: "store.full",
                "The server can't write to its disk just now. Nothing was changed; please try again.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return PortalError(
                .unavailable(retryAfter: .seconds(2)), id: "store.busy",
                "The database is in use by another program. Nothing was changed; please try again.")
        case .SQLITE_INTERRUPT:
            return PortalError(
                .unavailable(retryAfter: .seconds(5)), id: "store.read-too-long",
                "This took too long and was stopped. Ask for less, such as a shorter time or more words, or try again.")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN:
            return PortalError(
                .unavailable(retryAfter: .seconds(30)), id: "store.read-only",
                "The server may not write to its database. Nothing was changed; an administrator has to look at it.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return PortalError(
                .unavailable(retryAfter: .seconds(60)), id: "store.corrupt",
                "The database file is damaged. An administrator has to restore a backup.")
        default:
            return error
        }
    }

    static let logFull = PortalError(
        .unavailable(retryAfter: .seconds(5)), id: "store.log-full",
        "Another program has been reading the database for too long, so nothing can be written just now. Nothing was "
            + "changed; please try again.")

    static let overloaded = PortalError(
        .unavailable(retryAfter: .seconds(1)), id: "store.overloaded",
        "The server is very busy. Nothing was changed; please try again.")

    static func newer(_ identifiers: [String], path: String) -> PortalError {
        PortalError(
            .conflict, id: "store.newer",
            "\(path) was written by a newer version (it knows \(identifiers.joined(separator: ", "))). "
                + "Install that version, or restore a backup made before the upgrade.")
    }
}
