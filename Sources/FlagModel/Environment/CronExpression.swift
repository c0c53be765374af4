/// When something begins, again and again: the five fields of cron, minute, hour, day of the month, month, day of the week.
///
/// A field is `*` or a list of numbers, names (`JAN`, `FRI`) and ranges, each range and `*` with a step if need be: `1,15`,
/// `MON-FRI`, `*/10`, `8-18/2`. Days of the week are 0 to 7; Sunday is both. When both day fields say something, a day
/// matches that fulfils either, as POSIX has it. It knows no time zone: that is the calendar's matter.
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    /// The text that it was read from.
    public let description: String

    private let minutes: CronField
    private let hours: CronField
    private let daysOfMonth: CronField
    private let months: CronField
    private let daysOfWeek: CronField

    /// Reads five fields.
    ///
    /// - Throws: ``Fault`` that says which field is wrong, and how.
    public init(_ text: String) throws(Fault) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: true)
        guard fields.count == 5 else {
            throw Fault("expected five fields, minute hour day month weekday, found \(fields.count)")
        }
        self.minutes = try CronField(fields[0], .minute)
        self.hours = try CronField(fields[1], .hour)
        self.daysOfMonth = try CronField(fields[2], .dayOfMonth)
        self.months = try CronField(fields[3], .month)
        self.daysOfWeek = try CronField(fields[4], .dayOfWeek)
        self.description = fields.joined(separator: " ")
        let longest = self.months.values.map { $0 == 2 ? 29 : [4, 6, 9, 11].contains($0) ? 30 : 31 }.max() ?? 31
        guard !self.daysOfWeek.isAny || self.daysOfMonth.values.contains(where: { $0 <= longest }) else {
            throw Fault("no such day is ever in such a month")
        }
    }

    /// Whether something begins on a day.
    ///
    /// - Parameter weekday: 0 (Sunday) to 6.
    public func matches(month: Int, day: Int, weekday: Int) -> Bool {
        guard self.months.contains(month) else { return false }
        let isDay = self.daysOfMonth.contains(day)
        let isWeekday = self.daysOfWeek.contains(weekday)
        return self.daysOfMonth.isAny || self.daysOfWeek.isAny ? isDay && isWeekday : isDay || isWeekday
    }

    /// When it begins on a day that matches, in minutes since midnight, the latest first, from `last` on.
    public func minutesOfDay(upTo last: Int = 24 * 60 - 1) -> some Sequence<Int> {
        let minutes = self.minutes.values
        return self.hours.values.reversed().lazy.filter { $0 * 60 <= last }
            .flatMap { hour in minutes.reversed().lazy.map { hour * 60 + $0 } }
            .filter { $0 <= last }
    }
}

extension CronExpression {
    /// A field cannot be read.
    public struct Fault: Error, Hashable, CustomStringConvertible {
        /// Which one, and what is expected.
        public let description: String

        init(_ description: String) { self.description = description }
    }
}
