/// What a metric is called and what it means.
public struct MetricDescription: Sendable, Hashable {
    /// How a metric behaves.
    public enum Kind: String, Sendable, Hashable {
        /// It only grows, and begins at 0 when the process does.
        case counter
        /// It goes up and down.
        case gauge
        /// How often values fell into which buckets.
        case histogram
    }

    /// Its name: letters, digits and underscores, with the unit at the end, a counter's with `_total` after that.
    public let name: String
    /// What it means, in a sentence.
    public let help: String
    /// How it behaves.
    public let kind: Kind
    /// The upper bounds of a histogram's buckets, ascending; the last one, without a bound, is not among them.
    public let bounds: [Double]

    /// The bounds of a histogram that says nothing else: from half a millisecond to two and a half seconds, in seconds.
    public static let latencyBounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
    ]

    /// A description.
    public init(_ name: String, _ kind: Kind, _ help: String, bounds: [Double] = Self.latencyBounds) {
        self.name = name
        self.kind = kind
        self.help = help
        self.bounds = kind == .histogram ? bounds : []
    }
}
