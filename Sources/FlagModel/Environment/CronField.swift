/// One field of a ``CronExpression``: the set of its values.
struct CronField: Sendable, Hashable {
    /// Which field it is.
    enum Kind: String {
        case minute
        case hour
        case dayOfMonth = "day of the month"
        case month
        case dayOfWeek = "day of the week"

        var range: ClosedRange<Int> {
            switch self {
            case .minute: 0...59
            case .hour: 0...23
            case .dayOfMonth: 1...31
            case .month: 1...12
            case .dayOfWeek: 0...7
            }
        }

        /// The names of the values, from the first on.
        var names: [String] {
            switch self {
            case .minute, .hour, .dayOfMonth: []
            case .month: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
            case .dayOfWeek: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
            }
        }
    }

    /// Whether it says nothing: `*`.
    let isAny: Bool
    /// A bit for each value.
    private var bits: UInt64 = 0

    init(_ text: Substring, _ kind: Kind) throws(CronExpression.Fault) {
        self.isAny = text == "*"
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            for value in try Self.values(item, kind) {
                self.bits |= 1 << UInt64(kind == .dayOfWeek ? value % 7 : value)
            }
        }
    }

    /// The values in order.
    var values: [Int] { (0..<60).filter(self.contains) }

    func contains(_ value: Int) -> Bool { self.bits & 1 << UInt64(value) != 0 }

    private static func values(_ item: Substring, _ kind: Kind) throws(CronExpression.Fault) -> StrideThrough<Int> {
        let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let range = try Self.range(parts[0], kind)
        guard parts.count == 2 else { return stride(from: range.lowerBound, through: range.upperBound, by: 1) }
        guard let step = Int(parts[1]), (1...kind.range.upperBound).contains(step), range.count > 1 else {
            throw Self.fault(item, kind)
        }
        // Sunday is counted once: */2 is every other day from Sunday on.
        let end = kind == .dayOfWeek && parts[0] == "*" ? 6 : range.upperBound
        return stride(from: range.lowerBound, through: end, by: step)
    }

    private static func range(_ text: Substring, _ kind: Kind) throws(CronExpression.Fault) -> ClosedRange<Int> {
        if text == "*" { return kind.range }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let lower = Self.value(ends[0], kind) else { throw Self.fault(text, kind) }
        guard ends.count == 2 else { return lower...lower }
        guard var upper = Self.value(ends[1], kind) else { throw Self.fault(text, kind) }
        // FRI-SUN ends with the Sunday that follows.
        if kind == .dayOfWeek, upper == 0, lower > 0 { upper = 7 }
        guard lower <= upper else {
            throw CronExpression.Fault("\(kind.rawValue): the range \(text) runs backwards; write it as a list of two")
        }
        return lower...upper
    }

    private static func value(_ text: Substring, _ kind: Kind) -> Int? {
        if let position = kind.names.firstIndex(of: text.uppercased()) { return kind.range.lowerBound + position }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let value = Int(text),
            kind.range.contains(value)
        else { return nil }
        return value
    }

    private static func fault(_ text: Substring, _ kind: Kind) -> CronExpression.Fault {
        let names = kind.names.isEmpty ? "" : ", or \(kind.names.joined(separator: " "))"
        return CronExpression.Fault(
            "\(kind.rawValue): \"\(String(text).shortened())\" is none of * N N-M */S N-M/S with \(kind.range.lowerBound) to "
                + "\(kind.range.upperBound)\(names)")
    }
}
