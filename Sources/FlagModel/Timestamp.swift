/// A moment in time: whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// FlagModel has no clock; whoever calls it says what time it is.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since the epoch.
    public var millisecondsSinceEpoch: Int64

    /// The moment so many milliseconds after the epoch.
    public init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    /// Seconds since the epoch, with the milliseconds as a fraction.
    public var secondsSinceEpoch: Double {
        Double(self.millisecondsSinceEpoch) / 1000
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, which rules read as `$flagd.timestamp`.
    public var wholeSecondsSinceEpoch: Int64 {
        self.millisecondsSinceEpoch / 1000
    }

    /// Whether `left` is before `right`.
    public static func < (left: Self, right: Self) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    /// The moment so many milliseconds later (or earlier, when negative); at the ends of the 64 bits it stays there.
    public func advanced(byMilliseconds milliseconds: Int64) -> Self {
        let (sum, overflow) = self.millisecondsSinceEpoch.addingReportingOverflow(milliseconds)
        return Self(millisecondsSinceEpoch: overflow ? (milliseconds < 0 ? .min : .max) : sum)
    }

    /// Milliseconds from `earlier` to this moment, as far as 64 bits go; negative when it is later.
    public func milliseconds(since earlier: Self) -> Int64 {
        let (difference, overflow) = self.millisecondsSinceEpoch.subtractingReportingOverflow(
            earlier.millisecondsSinceEpoch)
        return overflow ? (self < earlier ? .min : .max) : difference
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-03-04T05:06:07.089Z`.
    public var description: String {
        let (days, milliseconds) = self.millisecondsSinceEpoch.flooredQuotientAndRemainder(by: 86_400_000)
        let (year, month, day) = Self.civilDate(fromDays: days)
        let seconds = milliseconds / 1000
        return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2) + "T"
            + Self.padded(seconds / 3600, 2) + ":" + Self.padded(seconds / 60 % 60, 2) + ":"
            + Self.padded(seconds % 60, 2) + "." + Self.padded(milliseconds % 1000, 3) + "Z"
    }

    /// The moment that an RFC 3339 text names: `2026-03-04T05:06:07Z`, with up to nine digits of fraction (what is below
    /// a millisecond is dropped) and `Z` or an offset such as `+01:00`. Nil for anything else, and for a moment that its
    /// offset carries out of the years 0000 to 9999, as that has no such text in UTC.
    public init?(_ text: some StringProtocol) {
        let characters = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= characters.count,
                characters[range].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { return nil }
            return characters[range].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        }
        func character(_ position: Int) -> UInt8? { position < characters.count ? characters[position] : nil }
        guard let year = number(0..<4), character(4) == UInt8(ascii: "-"), let month = number(5..<7),
            character(7) == UInt8(ascii: "-"), let day = number(8..<10),
            character(10).map({ $0 | 0x20 }) == UInt8(ascii: "t"), let hour = number(11..<13),
            character(13) == UInt8(ascii: ":"), let minute = number(14..<16), character(16) == UInt8(ascii: ":"),
            let second = number(17..<19), (1...12).contains(month), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        guard Self.civilDate(fromDays: days) == (year, month, day) else { return nil }

        var position = 19
        var milliseconds: Int64 = 0
        if character(position) == UInt8(ascii: ".") {
            let digits = characters[(position + 1)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard (1...9).contains(digits.count) else { return nil }
            for place in 0..<3 {
                milliseconds *= 10
                if place < digits.count { milliseconds += Int64(digits[digits.startIndex + place] - UInt8(ascii: "0")) }
            }
            position = digits.endIndex
        }
        var offset: Int64 = 0
        switch character(position) {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            guard characters.count == position + 1 else { return nil }
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard characters.count == position + 6, let hours = number(position + 1..<position + 3), hours < 24,
                character(position + 3) == UInt8(ascii: ":"), let minutes = number(position + 4..<position + 6),
                minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (character(position) == UInt8(ascii: "-") ? -60_000 : 60_000)
        default: return nil
        }
        let seconds = hour * 3600 + minute * 60 + second
        let moment = days * 86_400_000 + seconds * 1000 + milliseconds - offset
        let writable = Self.days(year: 0, month: 1, day: 1)..<Self.days(year: 10_000, month: 1, day: 1)
        guard writable.contains(moment.flooredQuotientAndRemainder(by: 86_400_000).0) else { return nil }
        self.init(millisecondsSinceEpoch: moment)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    // The two conversions between days and dates of the proleptic Gregorian calendar follow Howard Hinnant,
    // "chrono-Compatible Low-Level Date Algorithms".

    /// Days from 1970-01-01 to a date.
    package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = year.flooredQuotientAndRemainder(by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date so many days after 1970-01-01.
    package static func civilDate(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredQuotientAndRemainder(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted + (shifted < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Int64 {
    fileprivate func flooredQuotientAndRemainder(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Timestamp: Codable {
    /// Decodes an RFC 3339 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let timestamp = Timestamp(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected an RFC 3339 time such as 2026-03-04T05:06:07Z")
        }
        self = timestamp
    }

    /// Encodes the RFC 3339 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.description)
    }
}
