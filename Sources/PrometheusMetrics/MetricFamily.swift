/// A metric with all its series, as they are at one moment.
public struct MetricFamily: Sendable, Hashable {
    /// One series.
    public struct Sample: Sendable, Hashable {
        /// Its labels, in the order in which they are shown.
        public var labels: Labels
        /// Its value.
        public var value: Value

        /// A series.
        public init(_ labels: Labels = Labels(), _ value: Value) {
            self.labels = labels
            self.value = value
        }
    }

    /// What a series says.
    public enum Value: Sendable, Hashable {
        /// A number, of a counter or a gauge.
        case number(Double)
        /// How many values fell into each bucket, not added up, the one without a bound last; and the sum of all values.
        case buckets([Int64], sum: Double)
    }

    /// What the metric is.
    public var description: MetricDescription
    /// Its series.
    public var samples: [Sample]

    /// A metric with its series.
    public init(_ description: MetricDescription, _ samples: [Sample]) {
        self.description = description
        self.samples = samples
    }
}
