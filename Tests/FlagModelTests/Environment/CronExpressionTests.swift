import FlagModel
import Testing

@Suite("Cron expressions")
struct CronExpressionTests {
    @Test(
        "Lists, ranges, steps and names",
        arguments: [
            ("0 17 * * FRI", [1020]), ("30 8,20 * * *", [1230, 510]), ("*/20 3 * * *", [220, 200, 180]),
            ("5 8-12/2 * * *", [725, 605, 485]), ("0-2 0 * * *", [2, 1, 0]),
        ])
    func times(text: String, minutes: [Int]) throws {
        #expect(Array(try CronExpression(text).minutesOfDay()) == minutes)
        #expect(
            Array(try CronExpression(text).minutesOfDay(upTo: minutes[0] - 1)) == Array(minutes.dropFirst()))
    }

    @Test(
        "Days of the week, of which Sunday is the first and the last",
        arguments: [
            ("0 0 * * 7", [0]), ("0 0 * * SUN", [0]), ("0 0 * * fri-sun", [0, 5, 6]), ("0 0 * * 1-5", [1, 2, 3, 4, 5]),
            ("0 0 * * */2", [0, 2, 4, 6]), ("0 0 * * 6-7", [0, 6]),
        ])
    func weekdays(text: String, days: [Int]) throws {
        let cron = try CronExpression(text)
        #expect((0...6).filter { cron.matches(month: 6, day: 10, weekday: $0) } == days)
    }

    @Test("Two day fields that both say something match a day that fulfils either; one alone decides")
    func days() throws {
        let both = try CronExpression("0 0 13 * FRI")
        #expect(both.matches(month: 6, day: 13, weekday: 2) && both.matches(month: 6, day: 1, weekday: 5))
        #expect(!both.matches(month: 6, day: 1, weekday: 2))
        let one = try CronExpression("0 0 13 dec *")
        #expect(one.matches(month: 12, day: 13, weekday: 2))
        #expect(!one.matches(month: 12, day: 12, weekday: 5) && !one.matches(month: 11, day: 13, weekday: 2))
    }

    @Test(
        "What cannot be read says which field is wrong",
        arguments: [
            ("0 17 * *", "expected five fields"), ("60 0 * * *", "minute: \"60\""), ("0 24 * * *", "hour"),
            ("0 0 0 * *", "day of the month"), ("0 0 * 13 *", "month"), ("0 0 * * 8", "day of the week"),
            ("0 0 * * FRI-MON", "runs backwards"), ("0 0 * * FREITAG", "FREITAG"), ("0 0 */0 * *", "*/0"),
            ("0 0 5/2 * *", "5/2"), ("0, 0 * * *", "minute"), ("-1 0 * * *", "minute"), ("+1 0 * * *", "minute"),
            ("0 0 31 2,4 *", "no such day"), ("@daily", "five fields"),
        ])
    func refusals(text: String, message: String) throws {
        let fault = try #require(throws: CronExpression.Fault.self) { try CronExpression(text) }
        #expect(fault.description.contains(message), "\(fault)")
    }

    @Test("A window reads back as it was written, and says all its faults at once")
    func windows() throws {
        let weekend: JSONValue = [
            "name": "weekend", "cron": "0 17 * * FRI", "duration": "63h", "timeZone": "Europe/Berlin",
        ]
        let holidays: JSONValue = [
            "name": "holidays", "from": "2026-12-23T17:00:00+01:00", "to": "2027-01-04T08:00:00+01:00",
        ]
        let settings = try EnvironmentSettings(json: ["freezes": [weekend, holidays]])
        #expect(settings.freezes.map(\.name) == ["weekend", "holidays"])
        #expect(settings.json["freezes"]?.arrayValue?.first == weekend)
        #expect(try EnvironmentSettings(json: settings.json) == settings)
        #expect(EnvironmentSettings().json["freezes"] == nil)

        let error = try #require(throws: InvalidDocument.self) {
            try EnvironmentSettings(json: [
                "freezes": [
                    ["name": "a", "cron": "0 25 * * *", "duration": "40d"], ["from": "2026-12-23", "to": 3],
                    ["name": "a", "from": "2026-12-23T17:00:00Z", "to": "2026-12-23T17:00:00Z", "until": 1],
                ]
            ])
        }
        #expect(
            Set(error.issues.map(\.path)) == [
                "freezes[0].cron", "freezes[0].duration", "freezes[1].name", "freezes[1].from", "freezes[1].to",
                "freezes[2].to", "freezes[2].until",
            ], "\(error)")
    }
}
