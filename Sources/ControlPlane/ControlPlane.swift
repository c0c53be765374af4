public import FlagModel

/// The use cases of the control plane: who may ask is decided before, where it is kept is the storage's concern.
///
/// Whatever changes goes through one transaction of the storage, in which a pure decision sees what is in force. Durable
/// first, visible second: what ``snapshot(of:)`` and ``subscribe(to:)`` show is on disk.
///
/// ```swift
/// let plane = try await ControlPlane(storage: store, now: clock)
/// let changeset = Changeset(baseRevision: 7, reason: "first cohort", changes: [.rollout(key, percentage: quarter, variant: nil)])
/// let outcome = try await plane.commit(changeset, in: "development", by: author)
/// ```
public final class ControlPlane: Sendable {
    let storage: any FlagStorage
    let now: @Sendable () -> Timestamp
    let publisher: Publisher
    let tokenIndex: TokenIndex

    /// A control plane over a storage that no other control plane uses; reads what is in force into memory.
    ///
    /// - Parameter now: The clock.
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    public init(
        storage: any FlagStorage, now: @escaping @Sendable () -> Timestamp
    ) async throws(ControlPlaneError) {
        let (heads, tokens) = try await storage.read { state throws(ControlPlaneError) in
            (try state.heads(), try state.tokens())
        }
        self.storage = storage
        self.now = now
        self.publisher = Publisher(heads)
        self.tokenIndex = TokenIndex(tokens)
    }

    /// What is in force everywhere, by name. From memory.
    public var environments: [EnvironmentHead] { self.publisher.heads }

    /// What is in force in an environment. From memory.
    ///
    /// - Throws: ``ControlPlaneError/unknownEnvironment(_:suggestion:)``.
    public func head(of environment: EnvironmentName) throws(ControlPlaneError) -> EnvironmentHead {
        guard let head = self.publisher.head(of: environment) else { throw self.unknown(environment) }
        return head
    }

    /// The snapshot in force in an environment. From memory.
    ///
    /// - Throws: ``ControlPlaneError/unknownEnvironment(_:suggestion:)``.
    public func snapshot(of environment: EnvironmentName) throws(ControlPlaneError) -> Snapshot {
        try self.head(of: environment).snapshot
    }

    /// The snapshots of an environment: the one in force at once, then each newer one.
    ///
    /// Who does not keep up skips to the newest; a revision is never followed by an older one. Any number of
    /// subscriptions may be open; each ends when its iterator is dropped or its task cancelled, or by
    /// ``stopPublishing()``.
    ///
    /// - Throws: ``ControlPlaneError/unknownEnvironment(_:suggestion:)``.
    public func subscribe(to environment: EnvironmentName) throws(ControlPlaneError) -> AsyncStream<Snapshot> {
        guard let stream = self.publisher.subscribe(to: environment) else { throw self.unknown(environment) }
        return stream
    }

    /// Has `observer` called with what is in force everywhere, and then with each new revision, of any environment, once
    /// it is durable and before any subscription hears of it.
    ///
    /// The calls come one at a time, those of one environment in order, and hold up every publication: `observer` returns
    /// quickly, never waits, and does not call back. It is kept until ``stopPublishing()``.
    public func observe(_ observer: @escaping @Sendable (EnvironmentHead) -> Void) {
        self.publisher.observe(observer)
    }

    /// How many subscriptions to an environment are open.
    public func subscriberCount(of environment: EnvironmentName) -> Int {
        self.publisher.subscriberCount(of: environment)
    }

    /// Ends all subscriptions, so that whoever serves them can shut down.
    public func stopPublishing() {
        self.publisher.close()
    }

    private func unknown(_ environment: EnvironmentName) -> ControlPlaneError {
        let names = self.publisher.heads.map(\.name.text)
        return .unknownEnvironment(
            environment, suggestion: NearestName.suggestion(for: environment.text, among: names))
    }
}
