import Synchronization

/// Lets the handler of a task's cancellation find the call's queue entry, whichever of the two comes first.
struct CancellableCall: ~Copyable {
    private static let open: UInt64 = 0
    private static let cancelled = UInt64.max

    /// `open`, `cancelled`, or the id of the entry.
    private let state = Atomic<UInt64>(CancellableCall.open)

    var isCancelled: Bool { self.state.load(ordering: .acquiring) == Self.cancelled }

    /// The call was queued under `id`. False if it has been cancelled by now: the caller then has to give `id` up.
    func queued(id: UInt64) -> Bool {
        self.state.compareExchange(expected: Self.open, desired: id, ordering: .acquiringAndReleasing).exchanged
    }

    /// The task was cancelled. Returns the entry to give up, if there is one already.
    func cancel() -> UInt64? {
        let old = self.state.exchange(Self.cancelled, ordering: .acquiringAndReleasing)
        return old == Self.open || old == Self.cancelled ? nil : old
    }
}
