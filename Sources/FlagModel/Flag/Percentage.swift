/// A share of all users, in steps of 0.001 %.
public struct Percentage: Sendable, Hashable, Comparable {
    /// Thousandths of a percent: 0 to 100,000.
    public let thousandths: UInt32

    /// Nobody.
    public static let zero = Self(uncheckedThousandths: 0)
    /// Everybody.
    public static let full = Self(uncheckedThousandths: 100_000)

    private init(uncheckedThousandths: UInt32) { self.thousandths = uncheckedThousandths }

    /// So many thousandths of a percent, or nil above 100,000.
    public init?(thousandths: UInt32) {
        guard thousandths <= 100_000 else { return nil }
        self.thousandths = thousandths
    }

    /// So many percent, or nil when `percent` is not between 0 and 100 or is finer than 0.001.
    public init?(percent: Double) {
        guard percent >= 0, percent <= 100 else { return nil }
        let thousandths = (percent * 1000).rounded()
        // 0.001 has no exact double, and 0.1 + 0.2 misses 0.3 by one rounding: the last bits do not tell what was meant.
        guard abs(thousandths / 1000 - percent) <= 4 * percent.ulp else { return nil }
        self.thousandths = UInt32(thousandths)
    }

    /// The share in percent: 0 to 100.
    public var percent: Double { Double(self.thousandths) / 1000 }

    /// The share as JSON: an integer where it is whole.
    public var json: JSONValue {
        self.thousandths.isMultiple(of: 1000) ? .integer(Int64(self.thousandths / 1000)) : .number(self.percent)
    }

    /// Whether `left` is the smaller share.
    public static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }
}

extension Percentage: CustomStringConvertible {
    /// `25 %`.
    public var description: String { "\(self.json.canonical) %" }
}
