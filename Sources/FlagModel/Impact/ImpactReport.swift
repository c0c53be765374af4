/// How many of a sample get another answer after a change, and which way.
public struct ImpactReport: Sendable, Hashable, Codable {
    /// What a change does to one flag's answers.
    public struct Flag: Sendable, Hashable, Codable {
        /// The flag's key.
        public var flag: FlagKey
        /// How many contexts it was evaluated for, before and after.
        public var evaluated: Int64
        /// How many of them get another variant, or the same variant with another value.
        public var changed: Int64
        /// Which way they go, the largest number first.
        public var transitions: [Transition]

        /// Creates the value of its parts.
        public init(flag: FlagKey, evaluated: Int64, changed: Int64, transitions: [Transition]) {
            self.flag = flag
            self.evaluated = evaluated
            self.changed = changed
            self.transitions = transitions
        }
    }

    /// Contexts that go from one answer to another.
    public struct Transition: Sendable, Hashable, Codable {
        /// The variant before; nil: the caller's default.
        public var from: String?
        /// The variant after; nil: the caller's default.
        public var to: String?
        /// The value before; nil: the caller's default.
        public var fromValue: JSONValue?
        /// The value after; nil: the caller's default.
        public var toValue: JSONValue?
        /// How many contexts go this way.
        public var count: Int64
        /// Their share of the contexts evaluated, 0 to 1.
        public var share: Double

        /// Creates the value of its parts.
        public init(
            from: String?, to: String?, fromValue: JSONValue? = nil, toValue: JSONValue? = nil, count: Int64,
            share: Double
        ) {
            self.from = from
            self.to = to
            self.fromValue = fromValue
            self.toValue = toValue
            self.count = count
            self.share = share
        }
    }

    /// Whether the contexts were made up (``ImpactSample/synthetic(_:)``) rather than given.
    public var synthetic: Bool
    /// How many contexts there were to evaluate.
    public var requested: Int64
    /// How many of them were evaluated: fewer where many flags are affected, as the work is bounded.
    public var sample: Int64
    /// The flags whose answers may differ, by key.
    public var flags: [Flag]

    /// Creates the value of its parts.
    public init(synthetic: Bool, requested: Int64, sample: Int64, flags: [Flag]) {
        self.synthetic = synthetic
        self.requested = requested
        self.sample = sample
        self.flags = flags
    }
}
