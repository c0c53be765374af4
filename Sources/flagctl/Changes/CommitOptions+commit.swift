import FlagModel

extension CommitOptions {
    /// Makes changes to an environment, as these options say.
    func commit(
        _ changes: [FlagChange], in environment: EnvironmentName, over connection: ConnectionOptions, _ session: Session
    ) async throws(Failure) {
        // What the command line says wrong is told before anything is asked.
        let sample = try self.reason.givenSample(session)
        let reason = try session.reason(self.reason.reason)
        let api = try session.api(connection.selection)
        try await ChangeFlow(session, api, environment, self, sample: sample).commit(changes, because: reason)
    }
}
