/// A dictionary of bounded size whose entries end.
///
/// An entry that has ended is not there any more, whether or not it was swept: time decides, not the sweeper. Each
/// insertion sweeps a few, so the work is spread and memory follows the number of entries that live.
struct ExpiringTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// The largest number of entries.
    let capacity: Int

    private var entries: [Key: (value: Value, end: Int64)] = [:]
    private var order = ExpiryQueue<Key>()

    /// How many entries one insertion sweeps; above one, so that sweeping catches up.
    private static var sweepStep: Int { 4 }

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many entries are held, ended ones that were not swept yet included.
    var count: Int { self.entries.count }

    /// The value of `key`, or nil when there is none or it has ended. Times are in milliseconds.
    func value(_ key: Key, now: Int64) -> Value? {
        guard let entry = self.entries[key], entry.end > now else { return nil }
        return entry.value
    }

    /// When the entry of `key` ends.
    func end(of key: Key) -> Int64? { self.entries[key]?.end }

    /// Sets the value of `key` until `end`.
    ///
    /// - Returns: False when the table is full of entries that live; nothing is changed then.
    mutating func set(_ value: Value, for key: Key, end: Int64, now: Int64) -> Bool {
        self.sweep(now: now, limit: Self.sweepStep)
        if self.entries[key] == nil, self.entries.count >= self.capacity {
            self.sweep(now: now, limit: .max)
            guard self.entries.count < self.capacity else { return false }
        }
        self.entries[key] = (value, end)
        self.order.insert(key, end: end)
        return true
    }

    /// Makes room by giving up the entry that ends first.
    mutating func removeFirstToEnd() {
        while let (end, key) = self.order.removeFirst() {
            guard self.entries[key]?.end == end else { continue }
            self.entries[key] = nil
            return
        }
    }

    private mutating func sweep(now: Int64, limit: Int) {
        var swept = 0
        while swept < limit, let first = self.order.first, first.end <= now {
            guard let (end, key) = self.order.removeFirst() else { return }
            // An entry that was set again is in the order twice; only the one with its present end speaks for it.
            if self.entries[key]?.end == end { self.entries[key] = nil }
            swept += 1
        }
    }
}
