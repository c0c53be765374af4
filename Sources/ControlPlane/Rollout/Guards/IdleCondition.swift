/// What a guard wants of a pathway that is to be closed: that nobody has come in by it for long enough.
public struct IdleCondition: Sendable, Hashable {
    /// The times that may be asked for, in seconds: an hour, as use is stored by the hour, to 400 days.
    static let bounds: ClosedRange<Int64> = 3600...34_560_000

    /// The pathway: `cookie`, ….
    public var pathway: String
    /// For how long, in seconds.
    public var seconds: Int64

    /// A condition.
    public init(pathway: String, seconds: Int64) {
        self.pathway = pathway
        self.seconds = seconds
    }
}
