/// The buckets of every latency histogram: one list for all, so that what instances count can be added up.
public enum LatencyBuckets {
    /// The upper bounds in microseconds, ascending, each within its bucket. Above the last there is one bucket more.
    public static let bounds: [Int64] = [
        500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    ]

    /// How many buckets there are.
    public static var count: Int { Self.bounds.count + 1 }

    /// The bucket of a latency, from 0.
    public static func index(of microseconds: Int64) -> Int {
        var (low, high) = (0, Self.bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if microseconds <= Self.bounds[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
