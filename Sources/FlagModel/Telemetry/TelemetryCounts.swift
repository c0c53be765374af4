/// What an instance has counted since it started. Every number only grows, so that a report that is lost, repeated or
/// overtaken by a later one falsifies nothing.
public struct TelemetryCounts: Sendable, Hashable, Codable {
    /// Attempts with tickets and other credentials that ended in the same way.
    public struct Attempts: Sendable, Hashable, Codable {
        /// What was tried: `issue`, `consume`, ….
        public var operation: String
        /// The way to authenticate: `ticket`, `cookie`, ….
        public var pathway: String
        /// Whose attempts.
        public var cohort: Cohort
        /// Why they were refused, as a slug; nil: they were not.
        public var refusal: String?
        /// How many.
        public var count: Int64

        /// Attempts.
        public init(operation: String, pathway: String, cohort: Cohort, refusal: String? = nil, count: Int64) {
            self.operation = operation
            self.pathway = pathway
            self.cohort = cohort
            self.refusal = refusal
            self.count = count
        }
    }

    /// How long an operation took.
    public struct Latency: Sendable, Hashable, Codable {
        /// What was timed: `issue` or `consume`.
        public var operation: String
        /// For whom.
        public var cohort: Cohort
        /// How often it took that long: one number for each bucket of ``LatencyBuckets``, not added up.
        public var buckets: [Int64]
        /// How long all of them took together, in microseconds.
        public var sumMicroseconds: Int64

        /// A histogram.
        public init(operation: String, cohort: Cohort, buckets: [Int64], sumMicroseconds: Int64) {
            self.operation = operation
            self.cohort = cohort
            self.buckets = buckets
            self.sumMicroseconds = sumMicroseconds
        }
    }

    /// A counter of the service's own.
    public struct Counter: Sendable, Hashable, Codable {
        /// Its name, like a flag's key.
        public var name: String
        /// The flag by whose rollout the users are told apart.
        public var flag: FlagKey
        /// Whose attempts.
        public var cohort: Cohort
        /// How many were made.
        public var attempts: Int64
        /// How many of them failed.
        public var failures: Int64

        /// A counter.
        public init(name: String, flag: FlagKey, cohort: Cohort, attempts: Int64, failures: Int64) {
            self.name = name
            self.flag = flag
            self.cohort = cohort
            self.attempts = attempts
            self.failures = failures
        }
    }

    /// Attempts to authenticate.
    public var attempts: [Attempts]
    /// How long they took.
    public var latencies: [Latency]
    /// Counters of the service's own.
    public var counters: [Counter]

    /// Counts.
    public init(attempts: [Attempts] = [], latencies: [Latency] = [], counters: [Counter] = []) {
        self.attempts = attempts
        self.latencies = latencies
        self.counters = counters
    }

    /// Whether nothing was counted.
    public var isEmpty: Bool { self.attempts.isEmpty && self.latencies.isEmpty && self.counters.isEmpty }
}
