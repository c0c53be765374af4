extension FlagClient {
    /// Waits until flags have values.
    ///
    /// When the control plane can be reached, that is when it has said what is in force. When it cannot, and there is a
    /// last-known-good snapshot, that is as soon as the first attempt has failed.
    ///
    /// ``run()`` has to run meanwhile.
    ///
    /// - Parameter timeout: How long to wait at most.
    /// - Returns: What flags answer with.
    /// - Throws: ``FlagClientError/notReady(within:problem:)`` when there is no snapshot by then, or the client has stopped
    ///   without one; `CancellationError` when the task is cancelled.
    @discardableResult
    public func waitUntilReady(timeout: Duration = .seconds(10)) async throws -> FlagReadiness {
        let time = self.live.time
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in self.live.news.subscribe() {
                    let readiness = self.live.readiness
                    if self.live.applied != nil, readiness.isConfirmed || readiness.hasFailed { return }
                }
            }
            group.addTask {
                // Cut short by the other one: then there is nothing left to wait for.
                try? await time.sleep(time.now() + timeout)
            }
            await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
        guard self.live.applied != nil else {
            throw FlagClientError.notReady(within: timeout, problem: self.status.problem)
        }
        return self.live.readiness.isConfirmed ? .network : .cache
    }
}
