/// A benchmark could not be run.
public struct BenchmarkError: Error, CustomStringConvertible {
    /// What happened.
    public let description: String

    /// An error of that description.
    public init(_ description: String) { self.description = description }
}
