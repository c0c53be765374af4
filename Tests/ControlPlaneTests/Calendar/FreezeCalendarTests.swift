import FlagModel
import Testing

@testable import ControlPlane

@Suite("The calendar of freezes")
struct FreezeCalendarTests {
    private static func weekly(
        _ cron: String, _ seconds: Int64, in timeZone: String = "Europe/Berlin"
    ) throws -> FreezeWindow {
        FreezeWindow(
            name: cron, times: .recurring(try CronExpression(cron), seconds: seconds, timeZone: timeZone))
    }

    private static func until(_ moment: String, _ windows: FreezeWindow...) throws -> String? {
        let moment = try #require(Timestamp(moment))
        return FreezeCalendar(windows: windows).freeze(at: moment)?.until.description
    }

    @Test("A window is open from its start, until its duration has passed and not a moment longer")
    func edges() throws {
        let weekend = try Self.weekly("0 17 * * FRI", 63 * 3600)
        // 2026-11-20 is a Friday; Berlin is an hour ahead.
        #expect(try Self.until("2026-11-20T15:59:59.999Z", weekend) == nil)
        #expect(try Self.until("2026-11-20T16:00:00Z", weekend) == "2026-11-23T07:00:00.000Z")
        #expect(try Self.until("2026-11-23T06:59:59.999Z", weekend) == "2026-11-23T07:00:00.000Z")
        #expect(try Self.until("2026-11-23T07:00:00Z", weekend) == nil)
    }

    @Test(
        "Windows that begin every minute are found quickly, on days as well on which clocks change",
        .timeLimit(.minutes(1)))
    func everyMinute() throws {
        let windows = Array(repeating: try Self.weekly("* * * * *", 60), count: 40)
        for day in ["2026-11-21", "2026-10-25", "2026-03-29"] {
            let moment = try #require(Timestamp("\(day)T12:00:30Z"))
            #expect(FreezeCalendar(windows: windows).freeze(at: moment) != nil)
        }
    }

    @Test("The clock on the wall decides, in summer as in winter")
    func seasons() throws {
        let nightly = try Self.weekly("0 22 * * *", 3600)
        #expect(try Self.until("2026-07-01T20:30:00Z", nightly) == "2026-07-01T21:00:00.000Z")
        #expect(try Self.until("2026-12-01T21:30:00Z", nightly) == "2026-12-01T22:00:00.000Z")
        #expect(try Self.until("2026-12-01T20:30:00Z", nightly) == nil)
        let tokyo = try Self.weekly("0 0 1 1 *", 3600, in: "Asia/Tokyo")
        #expect(try Self.until("2026-12-31T15:30:00Z", tokyo) == "2026-12-31T16:00:00.000Z")
    }

    @Test("A duration is time that passes: over a change of clocks the end on the wall moves")
    func changeOfClocks() throws {
        let weekend = try Self.weekly("0 17 * * FRI", 63 * 3600)
        // Clocks go back on Sunday, 25 October 2026: it ends at 07:00 on the wall.
        #expect(try Self.until("2026-10-24T12:00:00Z", weekend) == "2026-10-26T06:00:00.000Z")
    }

    @Test("A start that clocks skip is as much later on the wall as they are set forward")
    func skipped() throws {
        // Clocks go from 02:00 to 03:00 on 29 March 2026: 02:30 is taken as 03:30, which is 01:30 UTC.
        let window = try Self.weekly("30 2 * * *", 600)
        #expect(try Self.until("2026-03-29T01:29:59Z", window) == nil)
        #expect(try Self.until("2026-03-29T01:30:00Z", window) == "2026-03-29T01:40:00.000Z")
    }

    @Test("A start that happens twice is the first of the two, and only that")
    func twice() throws {
        // 02:30 happens at 00:30 and at 01:30 UTC on 25 October 2026.
        let window = try Self.weekly("30 2 * * *", 600)
        #expect(try Self.until("2026-10-25T00:35:00Z", window) == "2026-10-25T00:40:00.000Z")
        #expect(try Self.until("2026-10-25T01:35:00Z", window) == nil)
    }

    @Test("Windows that overlap or follow one another without a gap hold until the end of the last")
    func chain() throws {
        let start = try #require(Timestamp("2026-11-20T10:00:00Z"))
        let once = FreezeWindow(
            name: "release", times: .once(from: start, to: start.advanced(byMilliseconds: 6 * 3_600_000)))
        let weekend = try Self.weekly("0 17 * * FRI", 63 * 3600)
        #expect(try Self.until("2026-11-20T10:00:00Z", once, weekend) == "2026-11-23T07:00:00.000Z")
        #expect(try Self.until("2026-11-20T09:59:59Z", once, weekend) == nil)
    }

    @Test("A window that never closes still has an answer")
    func endless() throws {
        let always = try Self.weekly("0 0 * * *", 86_400, in: "UTC")
        #expect(try Self.until("2026-11-20T10:00:00Z", always) != nil)
    }

    @Test("A long window is still open when others began after it")
    func long() throws {
        let month = try Self.weekly("0 0 1 * *", 31 * 86_400, in: "UTC")
        #expect(try Self.until("2026-12-31T23:00:00Z", month) != nil)
        let half = try Self.weekly("0 0 1 * *", 15 * 86_400, in: "UTC")
        #expect(try Self.until("2026-12-15T23:00:00Z", half) == "2026-12-16T00:00:00.000Z")
        #expect(try Self.until("2026-12-16T00:00:00Z", half) == nil)
    }

    @Test(
        "What the wall shows, read back, is the moment again, all year round",
        arguments: [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC",
        ])
    func walls(name: String) throws {
        let zone = try #require(CivilTimeZone(name))
        let start = try #require(Timestamp("2026-01-01T00:00:00Z"))
        for step in 0..<Int64(366 * 48) {
            let moment = start.advanced(byMilliseconds: step * 1_800_000)
            switch zone.read(wall: zone.wall(at: moment)) {
            case .once(let read): #expect(read == moment)
            case .twice(let first, let second): #expect((first == moment || second == moment) && first < second)
            case .never: Testing.Issue.record("\(moment) is shown, so it is")
            }
        }
    }

    @Test("Names that are none are refused", arguments: ["CET", "Europe/Bonn", "GMT+2", "", "+02:00"])
    func names(name: String) {
        #expect(CivilTimeZone(name) == nil)
    }
}
