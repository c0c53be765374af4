import FlagModel
import Testing

@testable import flagctl

@Suite("A percentage is read as people write it")
struct PercentageTextTests {
    @Test(
        "Numbers with or without a sign are read",
        arguments: [
            ("25", 25_000), ("25%", 25_000), ("25 %", 25_000), ("0.001", 1), ("0", 0), ("100%", 100_000),
            ("33.333", 33_333), ("0.5000", 500),
        ] as [(String, UInt32)])
    func read(text: String, thousandths: UInt32) throws {
        #expect(try PercentageText.parse(text).thousandths == thousandths)
    }

    @Test(
        "Everything else is refused",
        arguments: ["", "%", "-1", "+5", "1e1", "100.001", "0.0001", "1,5", "25%%", ".5", "5.", "1.2.3", "٣", "nan"])
    func refused(text: String) {
        #expect(throws: PercentageText.Invalid.self) { try PercentageText.parse(text) }
    }
}
