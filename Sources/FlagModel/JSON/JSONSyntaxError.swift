/// A text is not the JSON that was asked for; says where and why.
public struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, in words that can stand after "line 3, column 7: ".
    public var reason: String
    /// The line, counted from 1.
    public var line: Int
    /// The column in bytes, counted from 1.
    public var column: Int

    /// `line 3, column 7: expected a comma or a closing bracket`.
    public var description: String {
        "line \(self.line), column \(self.column): \(self.reason)"
    }
}
