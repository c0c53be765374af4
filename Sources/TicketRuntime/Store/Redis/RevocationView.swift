/// What this process knows of the primary and of its counter of revocations, and until when it may rely on it.
struct RevocationView: Sendable {
    /// What a record issued now is stamped with.
    struct Stamp: Sendable, Hashable {
        /// The primary.
        var epoch = ""
        /// Its counter.
        var generation: Int64 = 0
    }

    private(set) var stamp = Stamp()
    /// When the question was sent whose answer is known; nil: nothing is known.
    private var askedAt: Int64?

    /// Whether the counter need not be asked for. Times are in milliseconds.
    func isFresh(at now: Int64, lease: Int64) -> Bool {
        guard let askedAt = self.askedAt else { return false }
        return now - askedAt < lease
    }

    /// The counter of the primary `epoch`, or nil when it is not known or not reliable any more.
    func generation(in epoch: String, at now: Int64, lease: Int64) -> Int64? {
        self.stamp.epoch == epoch && self.isFresh(at: now, lease: lease) ? self.stamp.generation : nil
    }

    /// A question sent at `askedAt` was answered. Answers may come in another order than they were asked for.
    mutating func learn(_ generation: Int64, in epoch: String, askedAt: Int64) {
        if let former = self.askedAt {
            guard askedAt >= former else { return }
            if askedAt == former, epoch == self.stamp.epoch, generation < self.stamp.generation { return }
        }
        self.stamp = Stamp(epoch: epoch, generation: generation)
        self.askedAt = askedAt
    }

    /// Another primary has answered: what is known of the former one's counter says nothing about it.
    mutating func moved(to epoch: String) {
        guard self.stamp.epoch != epoch else { return }
        self.stamp = Stamp(epoch: epoch, generation: 0)
        self.askedAt = nil
    }
}
