internal import FlagModel
internal import Synchronization

/// What is in force, in memory, and those who want to hear when that changes.
///
/// Heads may be reported out of order, as transactions finish; a head never replaces a newer one, and no subscriber sees
/// an older revision after a newer one. Each subscriber has room for one snapshot: who lags skips to the newest.
final class Publisher: Sendable {
    private struct Audience {
        var subscribers: [EnvironmentName: [UInt64: AsyncStream<Snapshot>.Continuation]] = [:]
        var observers: [@Sendable (EnvironmentHead) -> Void] = []
        var nextID: UInt64 = 0
        var isClosed = false
    }

    /// Read on every request; held only to look up or replace a value.
    private let current: Mutex<[EnvironmentName: EnvironmentHead]>
    /// Held while a publication is handed out, so that publications keep their order. Taken before ``current``.
    private let audience = Mutex(Audience())

    init(_ heads: [EnvironmentHead]) {
        self.current = Mutex(Dictionary(heads.map { ($0.name, $0) }) { _, last in last })
    }

    /// What is in force in an environment.
    func head(of environment: EnvironmentName) -> EnvironmentHead? {
        self.current.withLock { $0[environment] }
    }

    /// What is in force everywhere, by name.
    var heads: [EnvironmentHead] {
        self.current.withLock { Array($0.values) }.sorted { $0.name < $1.name }
    }

    /// Makes a durable head visible.
    func publish(_ head: EnvironmentHead) {
        self.audience.withLock { audience in
            let isNewRevision = self.current.withLock { current in
                let before = current[head.name]
                guard before?.version ?? 0 < head.version else { return false }
                current[head.name] = head
                return before?.revision != head.revision
            }
            guard isNewRevision else { return }
            for observer in audience.observers { observer(head) }
            for subscriber in (audience.subscribers[head.name] ?? [:]).values { subscriber.yield(head.snapshot) }
        }
    }

    /// The snapshots of an environment from the one in force on; nil: there is no such environment.
    func subscribe(to environment: EnvironmentName) -> AsyncStream<Snapshot>? {
        self.audience.withLock { audience in
            guard let head = self.head(of: environment) else { return nil }
            let (stream, continuation) = AsyncStream.makeStream(
                of: Snapshot.self, bufferingPolicy: .bufferingNewest(1))
            continuation.yield(head.snapshot)
            guard !audience.isClosed else {
                continuation.finish()
                return stream
            }
            let id = audience.nextID
            audience.nextID += 1
            audience.subscribers[environment, default: [:]][id] = continuation
            continuation.onTermination = { [weak self] _ in
                self?.audience.withLock { _ = $0.subscribers[environment]?.removeValue(forKey: id) }
            }
            return stream
        }
    }

    /// Calls `observer` with what is in force everywhere, then with each new revision, in order, before anyone else hears
    /// of it.
    func observe(_ observer: @escaping @Sendable (EnvironmentHead) -> Void) {
        self.audience.withLock { audience in
            for head in self.heads { observer(head) }
            audience.observers.append(observer)
        }
    }

    /// How many subscriptions to an environment are open.
    func subscriberCount(of environment: EnvironmentName) -> Int {
        self.audience.withLock { $0.subscribers[environment]?.count ?? 0 }
    }

    /// Ends all subscriptions, those to come included.
    func close() {
        let subscribers = self.audience.withLock { audience in
            audience.isClosed = true
            audience.observers = []
            defer { audience.subscribers = [:] }
            return audience.subscribers.values.flatMap(\.values)
        }
        // Outside the lock: finishing calls back into it.
        for subscriber in subscribers { subscriber.finish() }
    }
}
