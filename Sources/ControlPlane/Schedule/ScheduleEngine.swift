internal import FlagModel

/// Makes scheduled changes when their time has come. It remembers nothing: what is due stands in the storage.
public struct ScheduleEngine: Sendable {
    private let plane: ControlPlane
    private let trusted: Set<String>

    /// An engine over a control plane.
    ///
    /// - Parameter trusted: The names of authors who hold no token of ours and may commit all the same, such as
    ///   ``Author/configuredAdmin`` while one is configured.
    public init(plane: ControlPlane, trusted: Set<String> = []) {
        self.plane = plane
        self.trusted = trusted
    }

    /// Looks once at everything that is due. To be called about once a second.
    ///
    /// - Returns: What came to an end, in the order of its time.
    /// - Throws: ``ControlPlaneError/storage(_:)``; the next call takes up what this one did not do.
    @discardableResult
    public func advance() async throws(ControlPlaneError) -> [ScheduledChange] {
        let now = self.plane.now()
        let due = try await self.plane.storage.read { state throws(ControlPlaneError) in
            try state.dueSchedules(at: now)
        }
        var settled: [ScheduledChange] = []
        var failure: ControlPlaneError?
        for id in due {
            // One that cannot be read or stored must not keep others from their time.
            do throws(ControlPlaneError) {
                let outcome = try await self.plane.executeSchedule(id, trusted: self.trusted)
                if let record = outcome.record { settled.append(record) }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return settled
    }
}
