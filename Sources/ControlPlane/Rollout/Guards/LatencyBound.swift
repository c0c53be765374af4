internal import FlagModel

/// A latency that a guard may tell slow from quick by: the bound of a bucket of ``FlagModel/LatencyBuckets``, as anything
/// between two of them was not counted.
public struct LatencyBound: Sendable, Hashable {
    /// The bucket whose upper bound it is.
    let bucket: Int

    /// All there are, ascending, as they are written: `0.5ms`, …, `2.5s`.
    public static var names: [String] { LatencyBuckets.bounds.indices.map { Self(bucket: $0).name } }

    init(bucket: Int) { self.bucket = bucket }

    /// The bound that is written so; nil: there is none.
    public init?(_ name: String) {
        guard let bucket = Self.names.firstIndex(of: name) else { return nil }
        self.bucket = bucket
    }

    /// How it is written, as `250ms`.
    public var name: String {
        let microseconds = LatencyBuckets.bounds[self.bucket]
        return microseconds < 1_000_000
            ? Self.text(microseconds, of: 1000) + "ms" : Self.text(microseconds, of: 1_000_000) + "s"
    }

    private static func text(_ microseconds: Int64, of unit: Int64) -> String {
        JSONValue.number(Double(microseconds) / Double(unit)).canonical
    }
}
