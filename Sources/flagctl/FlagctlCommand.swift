import ArgumentParser

/// A command that does something, as opposed to one that only groups others.
protocol FlagctlCommand: AsyncParsableCommand {
    /// How its output looks.
    var output: OutputOptions { get }

    /// Does it.
    func run(in session: Session) async throws(Failure)
}

extension FlagctlCommand {
    /// Runs the command in the current surroundings; a failure is reported here and leaves its exit status.
    mutating func run() async throws {
        let session = Session(Surroundings.current, format: self.output.format, isPlain: self.output.noColor)
        do {
            try await self.run(in: session)
        } catch {
            session.report(error)
            throw ExitCode(error.status.rawValue)
        }
    }
}
