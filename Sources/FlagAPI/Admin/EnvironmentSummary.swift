public import FlagModel

/// An environment, at a glance.
public struct EnvironmentSummary: Sendable, Hashable, Codable {
    /// Its name.
    public var name: EnvironmentName
    /// What it is for.
    public var description: String
    /// Whether stricter rules hold in it.
    public var protected: Bool
    /// The revision in force; 0 before the first commit.
    public var revision: Int64
    /// The SHA-256 of what the revision holds, in hexadecimal.
    public var digest: String
    /// How many flags it has.
    public var flagCount: Int
    /// What holds changes back at present; absent: nothing.
    public var frozen: FreezeDetail?

    /// Creates the value of its parts.
    public init(
        name: EnvironmentName, description: String, protected: Bool, revision: Int64, digest: String, flagCount: Int,
        frozen: FreezeDetail? = nil
    ) {
        self.name = name
        self.description = description
        self.protected = protected
        self.revision = revision
        self.digest = digest
        self.flagCount = flagCount
        self.frozen = frozen
    }
}
