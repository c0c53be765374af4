import Testing

/// Waits until `condition` holds, looking again every two milliseconds; records an issue after half a minute.
func eventually(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record("did not happen within 30 seconds: \(what)", sourceLocation: sourceLocation)
}
