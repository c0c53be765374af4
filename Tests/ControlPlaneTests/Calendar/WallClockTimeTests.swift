import ControlPlane
import FlagModel
import Testing

@Suite("Times as people write them")
struct WallClockTimeTests {
    @Test(
        "A time with an offset, or in a time zone",
        arguments: [
            ("2026-12-01T06:00:00+01:00", nil, "2026-12-01T05:00:00.000Z"),
            ("2026-12-01T06:00", "Europe/Berlin", "2026-12-01T05:00:00.000Z"),
            ("2026-07-01T06:00:30", "Europe/Berlin", "2026-07-01T04:00:30.000Z"),
            ("2026-12-01T06:00", "UTC", "2026-12-01T06:00:00.000Z"),
        ] as [(String, String?, String)])
    func moments(text: String, zone: String?, expected: String) throws {
        #expect(try WallClockTime.moment(text, in: zone).description == expected)
    }

    @Test(
        "What is no moment, or not one alone, is refused with what to write instead",
        arguments: [
            ("2026-12-01T06:00", nil, "name the time zone"), ("2026-12-01T06:00:00Z", "UTC", "leave out"),
            ("tomorrow", "UTC", "2026-12-01T06:00"), ("2026-12-01T06:00", "Europe/Bonn", "no time zone"),
            ("2026-10-25T02:30", "Europe/Berlin", "write 2026-10-25T00:30:00.000Z or 2026-10-25T01:30:00.000Z"),
            ("2026-03-29T02:30", "Europe/Berlin", "clocks skip"),
        ] as [(String, String?, String)])
    func faults(text: String, zone: String?, expected: String) throws {
        let fault = try #require(throws: WallClockTime.Fault.self) { try WallClockTime.moment(text, in: zone) }
        #expect(fault.description.contains(expected), "\(fault)")
    }
}
