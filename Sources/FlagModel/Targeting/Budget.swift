/// How much work one evaluation may still do. A rule that maps over what it maps over could otherwise take for ever on
/// a context that somebody else sends.
struct Budget {
    /// Operations that one evaluation may perform.
    static let operations = 100_000

    private var left = Self.operations

    /// Whether the work is used up; every further result is null.
    var isExhausted: Bool { self.left <= 0 }

    /// Takes `cost` off; false when there is nothing left.
    mutating func spend(_ cost: Int = 1) -> Bool {
        self.left -= cost
        return self.left > 0
    }
}
