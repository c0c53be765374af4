public import FlagModel

/// An environment is not to be changed by plan, at present.
public struct Freeze: Sendable, Hashable {
    /// The window that is open.
    public var name: String
    /// When nothing holds changes back any more: where windows follow one another without a gap, the end of the last.
    public var until: Timestamp

    /// A freeze.
    public init(name: String, until: Timestamp) {
        self.name = name
        self.until = until
    }
}
