public import FlagModel

/// A freeze that holds changes back at present.
public struct FreezeDetail: Sendable, Hashable, Codable {
    /// The name of the window that is open.
    public var by: String
    /// When nothing holds changes back any more.
    public var until: Timestamp

    /// Creates the value of its parts.
    public init(by: String, until: Timestamp) {
        self.by = by
        self.until = until
    }
}
