/// Thrown by `eventually` when what was waited for didn't come true within 60 s of real time.
public struct NeverHappened: Error, CustomStringConvertible {
    /// Where it was waited for.
    public let place: String

    /// What the test's failure says.
    public var description: String { "What is waited for at \(place) has not come true within 60 s of real time." }
}

/// Waits until `condition` holds: for what other tasks bring about in a moment of real time, without any clock.
///
/// - Parameters:
///   - file: Where it is called; left out.
///   - line: Where it is called; left out.
/// - Throws: `NeverHappened` after 60 s, which only a test that fails needs; what `condition` throws.
public func eventually(
    _ condition: () async throws -> Bool, file: String = #fileID, line: Int = #line
) async throws {
    let limit = ContinuousClock.now + .seconds(60)
    while try await !condition() {
        guard ContinuousClock.now < limit else { throw NeverHappened(place: "\(file):\(line)") }
        // Not only a yield: a hundred tests that look again at once would keep the machine from what they wait for.
        try await Task.sleep(for: .milliseconds(1))
    }
}
