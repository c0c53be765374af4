/// Asks until the answer is yes, every few milliseconds. A slow machine is not a fault, so it takes long to say no.
///
/// - Parameters:
///   - what: What is waited for, as it is to stand in the failure.
///   - limit: How long.
/// - Throws: ``NeverHappened``, and what `condition` throws.
public func eventually(
    _ what: String = "the condition", within limit: Duration = .seconds(120), file: StaticString = #fileID,
    line: UInt = #line, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            throw NeverHappened(description: "\(file):\(line): within \(limit) it never came to pass: \(what)")
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}
