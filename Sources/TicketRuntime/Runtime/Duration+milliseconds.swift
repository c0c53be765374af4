extension Duration {
    /// Whole milliseconds, rounded up, so that a wait is never shorter than meant.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
