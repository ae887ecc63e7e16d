import Foundation
import PatchbayHost
import PatchbaySDK

/// What a person at a terminal reads when something failed: sentences.
struct PlainError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// `error` in words. What the argument parser throws is left to it: it knows the usage.
    static func explaining(_ error: any Error) -> any Error {
        switch error {
        case let error as PortalError: PlainError(error.message)
        case let error as Decline: PlainError("\(error.reason) \(error.mend)")
        case let error as DatabaseError:
            PlainError("The database can't be used: \(error.message ?? error.resultCode.description).")
        case let error as CocoaError: PlainError(error.localizedDescription)
        default: error
        }
    }
}
