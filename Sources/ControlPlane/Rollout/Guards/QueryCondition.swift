/// What a guard wants of the value that Prometheus answers a query with.
public struct QueryCondition: Sendable, Hashable {
    /// The query, in PromQL; its answer is one number.
    public var query: String
    /// The least value that is good; nil: none is too low.
    public var minimum: Double?
    /// The greatest value that is good; nil: none is too high.
    public var maximum: Double?
    /// How long the value has to be bad without interruption, in seconds.
    public var seconds: Int64

    /// A condition.
    public init(query: String, minimum: Double? = nil, maximum: Double? = nil, seconds: Int64 = 30) {
        self.query = query
        self.minimum = minimum
        self.maximum = maximum
        self.seconds = seconds
    }

    /// Whether a value is bad.
    func isBreached(by value: Double) -> Bool {
        self.minimum.map { value < $0 } == true || self.maximum.map { value > $0 } == true
    }
}
