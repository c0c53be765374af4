/// The storage could not do what it was asked to. As far as it can tell, nothing was changed.
public struct StorageFailure: Error, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The kind as a word.
        public let description: String

        /// No space is left.
        public static let full = Self(description: "full")
        /// Someone else is using the storage; the same request may succeed later.
        public static let busy = Self(description: "busy")
        /// Another process has the storage open for good.
        public static let locked = Self(description: "locked")
        /// The storage cannot be reached or written to.
        public static let unavailable = Self(description: "unavailable")
        /// What is stored cannot be true.
        public static let corrupt = Self(description: "corrupt")
        /// The storage's layout is not the one that this program knows.
        public static let migration = Self(description: "migration")
        /// A fault in the program.
        public static let unexpected = Self(description: "unexpected")
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened.
    public var message: String
    /// Where: a path on the server, for its operator.
    public var place: String
    /// What to do about it.
    public var cure: String

    /// A failure.
    public init(_ code: Code, _ message: String, at place: String, cure: String) {
        self.code = code
        self.message = message
        self.place = place
        self.cure = cure
    }

    /// Whether the same request may succeed when it is simply made again in a moment.
    public var isRetryable: Bool { self.code == .busy }

    /// What happened, where, and what to do.
    public var description: String { "\(self.place): \(self.message). \(self.cure)" }
}
