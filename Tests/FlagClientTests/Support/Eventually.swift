import FlagClient
import Testing

/// Asks until the answer is yes, and complains only after two minutes: a slow machine is not a fault.
func expectEventually(
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record(comment ?? "it did not happen within two minutes", sourceLocation: sourceLocation)
}

extension FlagClient {
    /// Waits until flags have values, as patiently.
    @discardableResult
    func ready() async throws -> FlagReadiness { try await self.waitUntilReady(timeout: .seconds(120)) }
}
