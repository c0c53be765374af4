/// A text is not YAML that can be read as JSON; says where and why.
public struct YAMLSyntaxError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, in words that can stand after "line 3, column 7: ".
    public var reason: String
    /// The line, counted from 1.
    public var line: Int
    /// The column in Unicode scalars, counted from 1.
    public var column: Int

    /// A fault at a place.
    public init(reason: String, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// `line 3, column 7: the key "on" stands twice in one mapping`.
    public var description: String {
        "line \(self.line), column \(self.column): \(self.reason)"
    }
}
