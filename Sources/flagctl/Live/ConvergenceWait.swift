import FlagAPI
import FlagModel
import Synchronization

/// Waits until every live instance has a revision, and tells how far they are.
struct ConvergenceWait: Sendable {
    /// Between two attempts to see how far they are.
    private static let pause: Duration = .milliseconds(250)

    let session: Session
    let api: APIClient
    let environment: EnvironmentName
    let revision: Int64

    /// The last that was heard.
    private final class Progress: Sendable {
        let report = Mutex<ConvergenceReport?>(nil)
    }

    /// Waits so long at most.
    ///
    /// - Parameter isSilent: Nobody is told how far it is.
    /// - Returns: The last that was heard, converged or not; nil when nothing was heard in time.
    /// - Throws: ``Failure`` when the server refuses to tell.
    func wait(_ limit: Duration, isSilent: Bool = false) async throws(Failure) -> ConvergenceReport? {
        let progress = Progress()
        let outcome = await withTaskGroup(of: Result<Void, Failure>.self) { group in
            group.addTask {
                do throws(Failure) {
                    try await self.follow(progress, isSilent)
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                await self.session.surroundings.sleep(limit)
                return .success(())
            }
            defer { group.cancelAll() }
            return await group.next() ?? .success(())
        }
        try outcome.get()
        return progress.report.withLock(\.self)
    }

    /// Hears reports until one is final. A stream that breaks is opened again.
    private func follow(_ progress: Progress, _ isSilent: Bool) async throws(Failure) {
        while !Task.isCancelled {
            do throws(Failure) {
                try await self.api.followConvergence(of: self.environment, on: self.revision) { report in
                    let last = progress.report.withLock { last in
                        let before = last
                        last = report
                        return before
                    }
                    if !isSilent, !report.isFinal,
                        last?.acknowledged != report.acknowledged || last?.instances != report.instances
                    {
                        self.session.note(report.progress)
                    }
                    return !report.isFinal
                }
            } catch {
                // What the server itself says stays so; what the network does may pass.
                guard error.problem.status == 0 || error.problem.status >= 500 else { throw error }
            }
            if progress.report.withLock({ $0?.isFinal ?? false }) { return }
            await self.session.surroundings.sleep(Self.pause)
        }
    }
}
