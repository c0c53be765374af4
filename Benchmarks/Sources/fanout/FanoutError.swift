/// A benchmark could not be run.
struct FanoutError: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
