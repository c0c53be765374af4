import Digest
import Testing

@Suite("Hexadecimal")
struct HexadecimalTests {
    @Test("Every byte is written in lower case and read back in either case")
    func everyByte() {
        for byte in UInt8.min...UInt8.max {
            let text = Hexadecimal.encode([byte])
            #expect(text.utf8.count == 2)
            #expect(text == text.lowercased())
            #expect(Hexadecimal.decode(text) == [byte])
            #expect(Hexadecimal.decode(text.uppercased()) == [byte])
        }
    }

    @Test("Known bytes have the known text")
    func known() {
        #expect(Hexadecimal.encode([0x00, 0x9F, 0xA0, 0xFF] as [UInt8]) == "009fa0ff")
        #expect(Hexadecimal.encode([UInt8]()).isEmpty)
        #expect(Hexadecimal.decode("") == [])
    }

    @Test(
        "What is not pairs of digits is refused",
        arguments: ["0", "abc", "0g", "g0", " 00", "0x00", "-1", "+1", "é", "00 "])
    func refused(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }
}
