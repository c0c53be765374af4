internal import FlagModel
internal import Synchronization

/// The answers of each environment's snapshot in force, rendered when they are first asked for.
final class OFREPAnswerCache: Sendable {
    private let newest = Mutex<[EnvironmentName: OFREPAnswers]>([:])

    /// The answers of `snapshot`.
    func answers(of snapshot: Snapshot) -> OFREPAnswers {
        let known = self.newest.withLock { $0[snapshot.environment] }
        if let known, known.snapshot.revision == snapshot.revision { return known }
        // Outside the lock: two requests may render the same, which costs less than holding up the others.
        let answers = OFREPAnswers(snapshot)
        self.newest.withLock { newest in
            let kept = newest[snapshot.environment]?.snapshot.revision ?? -1
            if kept < snapshot.revision { newest[snapshot.environment] = answers }
        }
        return answers
    }
}
