/// A time in which an environment is not to be changed by plan: again and again, or once.
public struct FreezeWindow: Sendable, Hashable {
    /// When it is.
    public enum Times: Sendable, Hashable {
        /// From each moment that the expression names in the time zone (an IANA name), for so many seconds that pass.
        case recurring(CronExpression, seconds: Int64, timeZone: String)
        /// From one moment to another.
        case once(from: Timestamp, to: Timestamp)
    }

    /// The longest time for which one that recurs is open: 31 days, in seconds.
    public static let longest: Int64 = 31 * 86_400
    /// How many an environment may have.
    public static let mostWindows = 100

    /// Its name, for whoever is held up by it.
    public let name: String
    /// When it is.
    public let times: Times

    /// A window.
    public init(name: String, times: Times) {
        self.name = name
        self.times = times
    }

    /// The window as JSON: `{name, cron, duration, timeZone}` or `{name, from, to}`.
    public var json: JSONValue {
        switch self.times {
        case .recurring(let cron, let seconds, let timeZone):
            [
                "name": .string(self.name), "cron": .string(cron.description),
                "duration": .string(Duration.text(seconds: seconds)), "timeZone": .string(timeZone),
            ]
        case .once(let from, let to):
            ["name": .string(self.name), "from": .string(from.description), "to": .string(to.description)]
        }
    }

    /// Reads the form that ``json`` writes. Without a time zone it is UTC.
    ///
    /// - Throws: ``InvalidDocument`` with every fault. Whether there is such a time zone is not known here.
    public init(json: JSONValue, at path: String) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let name = reader.require("name", reader.string("name"), "what to tell whoever is held up")
        if name?.isEmpty == true || (name?.unicodeScalars.count ?? 0) > 100 {
            reader.fail("name", "expected 1 to 100 characters")
        }
        let times = reader.has("cron") ? Self.recurring(&reader) : Self.once(&reader)
        reader.finish()
        guard reader.issues.isEmpty, let name, let times else { throw InvalidDocument(reader.issues) }
        self.init(name: name, times: times)
    }

    private static func recurring(_ reader: inout DocumentReader) -> Times? {
        let text = reader.string("cron")
        let seconds = reader.require("duration", reader.durationSeconds("duration"), "a duration such as 12h")
        let timeZone = reader.string("timeZone") ?? "UTC"
        if let seconds, !(60...Self.longest).contains(seconds) {
            reader.fail("duration", "expected 1m to 31d; for something longer give from and to")
        }
        guard let text else { return nil }
        do throws(CronExpression.Fault) {
            let cron = try CronExpression(text)
            return seconds.map { .recurring(cron, seconds: $0, timeZone: timeZone) }
        } catch {
            reader.fail("cron", error.description)
            return nil
        }
    }

    private static func once(_ reader: inout DocumentReader) -> Times? {
        let from = Self.moment("from", &reader)
        let to = Self.moment("to", &reader)
        guard let from, let to else { return nil }
        if to <= from { reader.fail("to", "is not after from") }
        return .once(from: from, to: to)
    }

    private static func moment(_ member: String, _ reader: inout DocumentReader) -> Timestamp? {
        let expected = "a time with its offset, as 2026-12-24T12:00:00+01:00"
        guard let text = reader.require(member, reader.string(member), expected + ", or a cron with a duration") else {
            return nil
        }
        let moment = Timestamp(text)
        if moment == nil { reader.fail(member, "expected \(expected)") }
        return moment
    }
}
