import FlagModel
import Testing

@Suite("Percentages")
struct PercentageTests {
    @Test("Every step of a thousandth of a percent is itself, as number, as JSON and as text")
    func everyStep() throws {
        for thousandths in stride(from: UInt32(0), through: 100_000, by: 7) {
            let percentage = try #require(Percentage(thousandths: thousandths))
            #expect(Percentage(percent: percentage.percent) == percentage)
            let parsed = try JSONParser.parse(percentage.json.canonical)
            #expect(parsed.doubleValue.flatMap(Percentage.init(percent:)) == percentage)
        }
    }

    @Test(
        "The number that was meant is the step that is taken",
        arguments: [
            (0, 0), (0.001, 1), (0.007, 7), (0.1 + 0.2, 300), (1, 1000), (12.5, 12_500), (33.333, 33_333),
            (99.999, 99_999),
            (100, 100_000), (-0.0, 0),
        ] as [(Double, UInt32)])
    func accepted(percent: Double, thousandths: UInt32) {
        #expect(Percentage(percent: percent)?.thousandths == thousandths)
    }

    @Test(
        "What lies outside or between the steps is refused",
        arguments: [
            -0.001, -1, 100.001, 100.0005, 100.000_000_1, 0.0005, 0.000_000_000_1, 50.0001, 12.345_678,
            25.000_000_000_1, .nan,
            .infinity, -.infinity, 1e300,
        ])
    func refused(percent: Double) {
        #expect(Percentage(percent: percent) == nil)
    }

    @Test("More than a hundred thousand thousandths are refused")
    func tooManyThousandths() {
        #expect(Percentage(thousandths: 100_000) == .full)
        #expect(Percentage(thousandths: 100_001) == nil)
    }

    @Test("A whole share is written as an integer, and every share as people write it")
    func text() {
        #expect(Sample.share(25).json == .integer(25))
        #expect(Sample.share(25).description == "25 %")
        #expect(Sample.share(0.001).description == "0.001 %")
        #expect(Sample.share(12.5) < Sample.share(12.501))
    }
}
