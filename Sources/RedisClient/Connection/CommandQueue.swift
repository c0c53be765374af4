import NIOCore

/// The commands of one connection that have no reply yet, in the order in which Redis gets them.
///
/// The front has been written; behind it stand the commands whose bytes are still gathered in `pending` for the next
/// write. Deadlines are kept per write, not per command: everything taken up in one event-loop tick shares one.
struct CommandQueue<Waiter: Sendable> {
    struct Entry {
        let id: UInt64
        /// Nil once the caller has gone: the reply is dropped when it arrives.
        var waiter: Waiter?
        let byteCount: Int
        let replyCount: Int
        /// Nobody waits for the replies, but they matter: see ``takeProbeReplies()``.
        let isProbe: Bool
    }

    /// Every command up to `lastID` (and after the mark before) has to be answered by `deadline`.
    private struct Mark {
        let lastID: UInt64
        let deadline: NIODeadline
    }

    private var entries = CircularBuffer<Entry>()
    private var marks = CircularBuffer<Mark>()
    private var pending = ByteBuffer()
    /// Replies of the pipeline at the front that have arrived already.
    private var partial: [RedisValue] = []
    private var lastWritten: UInt64 = 0
    private var lastMarked: UInt64 = 0
    private var hasPendingTombstones = false
    /// The replies of a probe that have arrived and were not taken yet.
    private var probeReplies: [RedisValue]?

    /// How many replies are outstanding.
    private(set) var replyCount = 0

    var isEmpty: Bool { self.entries.isEmpty }
    /// Whether a probe waits for its replies.
    var hasProbe: Bool { self.entries.contains { $0.isProbe } }
    var nextDeadline: NIODeadline? { self.marks.first?.deadline }

    /// Appends one entry; its commands' bytes follow those that are pending.
    mutating func append(_ request: Request, id: UInt64, waiter: Waiter?, isProbe: Bool = false) {
        let before = self.pending.readableBytes
        request.write(to: &self.pending)
        self.replyCount += request.replyCount
        self.entries.append(
            Entry(
                id: id, waiter: waiter, byteCount: self.pending.readableBytes - before,
                replyCount: request.replyCount, isProbe: isProbe))
    }

    /// Puts a deadline on what was appended since the last call.
    mutating func mark(deadline: NIODeadline) {
        guard let last = self.entries.last?.id, last > self.lastMarked else { return }
        self.marks.append(Mark(lastID: last, deadline: deadline))
        self.lastMarked = last
    }

    /// Exchanges the bytes to write for the empty `buffer`, in which the next ones are gathered. False if there are none.
    mutating func takePending(into buffer: inout ByteBuffer) -> Bool {
        if self.hasPendingTombstones { self.removePendingTombstones() }
        guard self.pending.readableBytes > 0 else { return false }
        self.lastWritten = self.entries.last?.id ?? self.lastWritten
        swap(&self.pending, &buffer)
        return true
    }

    /// Takes one reply for the command at the front. What is returned has to be delivered.
    ///
    /// - Returns: False if no command that was written waits for a reply.
    mutating func receive(_ value: RedisValue, into deliveries: inout [Delivery<Waiter>]) -> Bool {
        guard let front = self.entries.first, front.id <= self.lastWritten else { return false }
        self.replyCount -= 1
        if front.replyCount > 1 {
            self.partial.append(value)
            guard self.partial.count == front.replyCount else { return true }
            if let waiter = front.waiter {
                deliveries.append(Delivery(waiter: waiter, value: .array(self.partial)))
            } else if front.isProbe {
                self.probeReplies = self.partial
            }
            self.partial.removeAll(keepingCapacity: true)
        } else if let waiter = front.waiter {
            deliveries.append(Delivery(waiter: waiter, value: value))
        } else if front.isProbe {
            self.probeReplies = [value]
        }
        self.entries.removeFirst()
        while let mark = self.marks.first, mark.lastID <= front.id {
            self.marks.removeFirst()
        }
        return true
    }

    /// The replies of a probe, once, when all have arrived.
    mutating func takeProbeReplies() -> [RedisValue]? {
        exchange(&self.probeReplies, with: nil)
    }

    /// Gives up on the command with this id. Nil if it has been answered, or was given up before.
    mutating func abandon(id: UInt64, because failure: RedisFailure) -> Failed<Waiter>? {
        guard let index = self.index(of: id), let waiter = self.entries[index].waiter else { return nil }
        return self.abandon(at: index, waiter: waiter, because: failure)
    }

    /// Gives up on every command whose deadline has passed, and tells whether one that was written is among them.
    mutating func expire(now: NIODeadline) -> (failed: [Failed<Waiter>], isLate: Bool) {
        var last: UInt64?
        while let mark = self.marks.first, mark.deadline <= now {
            last = mark.lastID
            self.marks.removeFirst()
        }
        guard let last, let front = self.entries.first else { return ([], false) }
        var failed: [Failed<Waiter>] = []
        for index in self.entries.indices {
            guard self.entries[index].id <= last else { break }
            guard let waiter = self.entries[index].waiter else { continue }
            failed.append(self.abandon(at: index, waiter: waiter, because: .deadlineExceeded))
        }
        return (failed, front.id <= min(last, self.lastWritten))
    }

    /// Empties the queue because the connection is gone.
    mutating func failAll(_ failure: RedisFailure) -> [Failed<Waiter>] {
        let failed = self.entries.compactMap { entry in
            entry.waiter.map { Failed(waiter: $0, error: self.error(for: entry.id, failure)) }
        }
        self.entries.removeAll(keepingCapacity: true)
        self.marks.removeAll(keepingCapacity: true)
        self.partial.removeAll()
        self.probeReplies = nil
        self.pending.clear()
        self.hasPendingTombstones = false
        self.replyCount = 0
        return failed
    }

    private func error(for id: UInt64, _ failure: RedisFailure) -> RedisError {
        id <= self.lastWritten ? .outcomeUnknown(failure) : .notSent(failure)
    }

    private mutating func abandon(
        at index: CircularBuffer<Entry>.Index, waiter: Waiter, because failure: RedisFailure
    ) -> Failed<Waiter> {
        let id = self.entries[index].id
        self.entries[index].waiter = nil
        if id > self.lastWritten { self.hasPendingTombstones = true }
        return Failed(waiter: waiter, error: self.error(for: id, failure))
    }

    /// Ids grow along the queue.
    private func index(of id: UInt64) -> CircularBuffer<Entry>.Index? {
        var low = 0
        var high = self.entries.count
        while low < high {
            let middle = (low + high) / 2
            let index = self.entries.index(self.entries.startIndex, offsetBy: middle)
            let found = self.entries[index].id
            if found == id { return index }
            if found < id { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Removes the bytes of commands that were given up before they were written: told "not sent", they must not be.
    private mutating func removePendingTombstones() {
        self.hasPendingTombstones = false
        var kept = CircularBuffer<Entry>()
        var bytes = ByteBuffer()
        for entry in self.entries {
            guard entry.id > self.lastWritten else {
                kept.append(entry)
                continue
            }
            let slice = self.pending.readSlice(length: entry.byteCount)
            guard entry.waiter != nil || entry.isProbe, var slice else {
                self.replyCount -= entry.replyCount
                continue
            }
            bytes.writeBuffer(&slice)
            kept.append(entry)
        }
        self.entries = kept
        self.pending = bytes
    }
}
