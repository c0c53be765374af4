/// Does some work, and gives it up when it takes too long.
///
/// - Returns: What came of it; ``TransportFailure/timedOut`` when it was given up.
func withLimit<Value: Sendable>(
    _ limit: Duration, time: TimeSource, _ work: @escaping @Sendable () async throws(TransportFailure) -> Value
) async -> Result<Value, TransportFailure> {
    let deadline = time.now() + limit
    return await withTaskGroup(of: Result<Value, TransportFailure>?.self) { group in
        group.addTask {
            do throws(TransportFailure) {
                let value = try await work()
                // An answer that waited while this machine slept says nothing of the present.
                return time.now() < deadline ? .success(value) : .failure(.timedOut)
            } catch {
                return .failure(error)
            }
        }
        group.addTask {
            do {
                try await time.sleep(deadline)
                return .failure(.timedOut)
            } catch {
                return nil
            }
        }
        defer { group.cancelAll() }
        return (await group.next() ?? nil) ?? .failure(.timedOut)
    }
}
