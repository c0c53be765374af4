public import FlagModel

extension FlagClient {
    /// What a flag answers: now, and again whenever the flag is changed.
    ///
    /// ```swift
    /// for await details in client.updates(of: "greeting", default: "Hello") {
    ///     logger.info("the greeting is \(details.value) as of revision \(details.revision ?? 0)")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - key: The flag's key. The flag need not exist yet.
    ///   - fallback: What applies when the flag has no value to give; its type is the type that is read.
    ///   - context: Whom or what the flag is read for.
    public func updates<Value: FlagValue>(
        of key: String, default fallback: Value, context: EvaluationContext = .init()
    ) -> FlagUpdates<Value> {
        FlagUpdates(sightings: FlagSightings(key: key, live: self.live), fallback: fallback, context: context)
    }

    /// The snapshots as they come into force, beginning with the one that is; for what wants all flags of one moment.
    public var snapshots: SnapshotUpdates { SnapshotUpdates(live: self.live) }

    /// The snapshot in force; nil as long as there is none. All flags of one moment; `onStale` is not applied to it.
    public var snapshot: Snapshot? { self.live.applied?.snapshot }
}
