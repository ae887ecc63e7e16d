extension Store {
    /// Stores what has already happened elsewhere, such as that somebody has taken a message: tried again each second for as
    /// long as the store can't, since a deed that isn't noted would be done twice. Logged at first, then once a minute.
    ///
    /// - Parameters:
    ///   - deed: What the log says isn't stored: `outcome`.
    ///   - ids: The facts of the log line.
    /// - Throws: `CancellationError` when the task ends before it is stored.
    public func writeUntilStored(
        _ deed: String, _ ids: [String: String], clock: any PortalClock, log: Log,
        _ body: @escaping @Sendable (Database) throws -> Void
    ) async throws {
        for attempt in 0... {
            do {
                return try await write(body)
            } catch {
                if attempt.isMultiple(of: 60) {
                    log.error("\(deed) not stored, trying again", ids.merging(["error": "\(error)"]) { $1 })
                }
                try await clock.sleep(for: .seconds(1))
            }
        }
    }
}
