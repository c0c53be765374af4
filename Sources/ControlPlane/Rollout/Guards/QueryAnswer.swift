public import FlagModel

/// What became of a query.
public enum QueryAnswer: Sendable, Hashable {
    /// It was answered with a number.
    case value(Double, at: Timestamp)
    /// There is no number, and why.
    case nothing(String)
}
