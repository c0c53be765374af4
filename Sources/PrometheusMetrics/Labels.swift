/// The labels of a series: names and values, in order.
public struct Labels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One label.
    public struct Label: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: String
    }

    /// All labels, in order.
    public let all: [Label]

    /// Labels; what a name cannot contain becomes an underscore.
    public init(_ pairs: [(String, String)]) {
        self.all = pairs.map { Label(name: MetricName.label($0.0), value: $0.1) }
    }

    /// No labels.
    public init() { self.all = [] }

    /// Labels that are written in the program.
    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }
}
