extension Int64 {
    /// The number with commas between thousands: `100,000`.
    var grouped: String {
        let digits = String(self.magnitude)
        let groups = stride(from: digits.count, to: 0, by: -3).map { end in
            String(digits.prefix(end).suffix(3))
        }
        return (self < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }
}
