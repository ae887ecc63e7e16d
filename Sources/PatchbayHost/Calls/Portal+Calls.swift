import Foundation
import PatchbaySDK

extension Portal {
    /// What `domain`'s people may not call.
    public func deniedCalls(of domain: DomainID, in db: Database) throws -> DeniedCalls {
        try DeniedCalls.fetch(of: domain, in: db)
    }

    /// Says what `domain`'s people may not call; `nil` brings the standard list back.
    public func setDeniedCalls(_ denied: DeniedCalls?, of domain: DomainID, in db: Database) throws {
        try DeniedCalls.set(denied, of: domain, in: db)
    }

    /// Keeps the record of calls true while adapters come and go, until it is cancelled.
    func watchCalls() async throws {
        repeat {
            try await calls.sweep(running: plugins.generations, at: clock.now)
        } while (try? await clock.sleep(for: Calls.round)) != nil
    }
}
