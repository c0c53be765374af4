import FlagClient

extension FlagClient {
    /// Waits until flags have values; a slow machine is not a fault.
    @discardableResult
    func ready() async throws -> FlagReadiness { try await self.waitUntilReady(timeout: .seconds(120)) }
}
