import FlagModel
import Logging
import TestSupport

@testable import FlagClient

/// Runs a client for as long as `body` takes, and waits until it has stopped.
func withClient<Value: Sendable>(
    _ configuration: FlagClientConfiguration, time: TimeSource = TimeSource(), log: CapturedLog = CapturedLog(),
    _ body: (FlagClient) async throws -> Value
) async throws -> Value {
    var configuration = configuration
    configuration.logger = log.logger
    let client = try FlagClient(configuration, time: time) { Double.random(in: 0..<1) }
    async let running: Void = client.run()
    let outcome: Result<Value, any Error>
    do {
        outcome = .success(try await body(client))
    } catch {
        outcome = .failure(error)
    }
    client.shutdown()
    try await running
    return try outcome.get()
}
