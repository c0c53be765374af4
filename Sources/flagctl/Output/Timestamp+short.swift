import FlagModel

extension Timestamp {
    /// The moment to the second, in UTC: `2026-03-04 05:06:07Z`.
    var short: String {
        let text = self.description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + "Z"
    }
}
