import FlagModel

/// A flag of a snapshot with what every read of it needs worked out. A class, so that a read retains one object.
final class ReadyFlag: Sendable {
    /// The flag.
    let flag: CompiledFlag
    /// After so many nanoseconds of silence the flag serves ``whenStale``; nil: never.
    let staleAfter: Int64?
    /// The safe variant's answer.
    let whenStale: Evaluation
    /// Whether a rule may ask for the time of day.
    let readsTime: Bool
    /// The flag's metadata and its environment's; the flag's own wins.
    let metadata: [String: JSONValue]

    /// Prepares a flag.
    init(_ flag: CompiledFlag, environmentMetadata: [String: JSONValue]) {
        let definition = flag.definition
        self.flag = flag
        switch definition.onStale {
        case .serveSafe(let seconds) where definition.state == .enabled:
            self.staleAfter = Duration.seconds(seconds).nanoseconds
        default: self.staleAfter = nil
        }
        let safe = definition.effectiveSafeVariant
        self.whenStale = Evaluation(value: safe.flatMap { definition.variants[$0] }, variant: safe, reason: .stale)
        self.readsTime = definition.targeting != nil || !definition.prerequisites.isEmpty
        self.metadata = environmentMetadata.merging(definition.metadata) { $1 }
    }

    /// Whether the flag does not trust what it has, after so many nanoseconds of silence.
    func isStale(after silence: Int64) -> Bool {
        self.staleAfter.map { silence > $0 } ?? false
    }
}
