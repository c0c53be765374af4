/// How many series there may be, so that a label with endless values does not eat the memory.
public struct SeriesLimits: Sendable, Hashable {
    /// Of one name.
    public var perName: Int
    /// Of all names together.
    public var total: Int

    /// Limits.
    public init(perName: Int = 1000, total: Int = 10_000) {
        self.perName = perName
        self.total = total
    }
}
