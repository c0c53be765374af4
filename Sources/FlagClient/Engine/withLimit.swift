/// Does some work, and gives it up when it takes too long.
///
/// - Returns: What came of it; ``TransportFailure/timedOut`` when it was given up.
func withLimit<Value: Sendable>(
    _ limit: Duration, time: TimeSource, _ work: @escaping @Sendable () async throws(TransportFailure) -> Value
) async -> Result<Value, TransportFailure> {
    await withTaskGroup(of: Result<Value, TransportFailure>?.self) { group in
        group.addTask {
            do throws(TransportFailure) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        group.addTask {
            do {
                try await time.sleep(time.now() + limit)
                return .failure(.timedOut)
            } catch {
                return nil
            }
        }
        defer { group.cancelAll() }
        return (await group.next() ?? nil) ?? .failure(.timedOut)
    }
}
