public import FlagModel

/// Whether the flags that a rollback affects answer as they did at the revision it restored, for a sample of users.
///
/// The digests say that what is in force is what was restored; this says the same of the answers, and goes on to say it
/// where the digests must differ: the limits below which tickets are refused never move back, and a flag that was killed
/// stays killed.
public struct RollbackVerification: Sendable, Hashable {
    /// The most users for each flag.
    public static let usersPerFlag = 1000
    /// About the most answers that are compared: a rollback is not held up by its own verification.
    static let budget = 200_000

    /// How many users each flag was evaluated for.
    public let sample: Int
    /// The flags that were evaluated: those that the rollback affects, but for those that it left killed and those that
    /// require one of these.
    public let flags: [FlagKey]
    /// Those of them that answered something else for at least one user.
    public let differing: [FlagKey]

    /// Evaluates flags in two snapshots.
    ///
    /// - Parameters:
    ///   - flags: What to evaluate.
    ///   - restored: The revision that was to be restored.
    ///   - current: What is in force.
    ///   - moment: What time it is for rules that look at it.
    public init(of flags: [FlagKey], restored: Snapshot, current: Snapshot, at moment: Timestamp) {
        let sample = min(Self.usersPerFlag, max(10, Self.budget / max(1, flags.count)))
        let users = (0..<sample).map { number in
            EvaluationContext(
                targetingKey: "user-\(number)", attributes: ["email": .string("user-\(number)@example.com")])
        }
        let seconds = moment.millisecondsSinceEpoch / 1000
        self.sample = sample
        self.flags = flags
        self.differing = flags.filter { flag in
            users.contains { user in
                restored.evaluate(flag, for: user, timestamp: seconds)
                    != current.evaluate(flag, for: user, timestamp: seconds)
            }
        }
    }
}
