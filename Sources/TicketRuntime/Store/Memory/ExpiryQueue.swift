/// Keys in the order in which they end: a binary min-heap.
struct ExpiryQueue<Key: Sendable>: Sendable {
    private var heap: [(end: Int64, key: Key)] = []

    /// How many entries there are.
    var count: Int { self.heap.count }

    /// The entry that ends first.
    var first: (end: Int64, key: Key)? { self.heap.first }

    /// Adds an entry. O(log n).
    mutating func insert(_ key: Key, end: Int64) {
        self.heap.append((end, key))
        var child = self.heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard self.heap[child].end < self.heap[parent].end else { break }
            self.heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the entry that ends first. O(log n).
    mutating func removeFirst() -> (end: Int64, key: Key)? {
        guard let first = self.heap.first, let last = self.heap.popLast() else { return nil }
        guard !self.heap.isEmpty else { return first }
        self.heap[0] = last
        var parent = 0
        while true {
            let left = 2 * parent + 1
            let right = left + 1
            var least = parent
            if left < self.heap.count, self.heap[left].end < self.heap[least].end { least = left }
            if right < self.heap.count, self.heap[right].end < self.heap[least].end { least = right }
            guard least != parent else { return first }
            self.heap.swapAt(parent, least)
            parent = least
        }
    }
}
