import FlagModel
import Testing

@Suite("Names")
struct NameTests {
    @Test(
        "Flag keys of the allowed form are taken",
        arguments: ["a", "A.b_c-9", "0", "ENABLE_WEBSOCKET_TICKETS", "-", "."])
    func flagKeys(text: String) throws {
        #expect(try FlagKey(parsing: text).text == text)
    }

    @Test("Other flag keys are refused", arguments: ["", "a b", "a/b", "é", "a\u{0}", "a\n", "😀", "a:b", "%20"])
    func noFlagKeys(text: String) {
        #expect(throws: InvalidName.self) { try FlagKey(parsing: text) }
    }

    @Test("A flag key has at most a hundred characters")
    func flagKeyLength() {
        #expect(FlagKey.isValid(String(repeating: "k", count: 100)))
        #expect(!FlagKey.isValid(String(repeating: "k", count: 101)))
    }

    @Test("Environment names are lower-case, start with a letter and have at most 63 characters")
    func environmentNames() {
        #expect(EnvironmentName.isValid("production"))
        #expect(EnvironmentName.isValid("a-1"))
        #expect(EnvironmentName.isValid("e" + String(repeating: "0", count: 62)))
        for text in ["", "1a", "-a", "Prod", "a_b", "a.b", "é", "e" + String(repeating: "0", count: 63)] {
            #expect(!EnvironmentName.isValid(text))
        }
    }

    @Test("A refusal shows what was given, made harmless, and what is allowed")
    func message() throws {
        let error = try #require(throws: InvalidName.self) {
            try FlagKey(parsing: "a\u{1B}[31m\n" + String(repeating: "x", count: 500))
        }
        #expect(error.description.contains(FlagKey.pattern))
        #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 })
        #expect(error.description.utf8.count < 300)
    }

    @Test("Names sort by their bytes")
    func order() {
        let keys: [FlagKey] = ["b", "B", "a.b", "a", "a-b"]
        #expect(keys.sorted().map(\.text) == ["B", "a", "a-b", "a.b", "b"])
    }
}
