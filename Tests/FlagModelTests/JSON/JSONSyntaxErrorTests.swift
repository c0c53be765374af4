import FlagModel
import Testing

@Suite("A syntax error names its place")
struct JSONSyntaxErrorTests {
    private func fault(_ text: String) throws -> JSONSyntaxError {
        try #require(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
    }

    @Test(
        "Line and column are those of the fault",
        arguments: [
            ("x", 1, 1), ("  x", 1, 3), ("\n\nx", 3, 1), ("{\n  \"a\": tru\n}", 2, 8), ("[1,\n 2,\n  x]", 3, 3),
            ("{\"a\":1,\n\"a\":2}", 2, 1), ("[1,]", 1, 4), ("[\r\n01]", 2, 1), ("\"\\q\"", 1, 2), ("[1] x", 1, 5),
            ("[1", 1, 3),
            ("[\n", 2, 1),
        ])
    func places(text: String, line: Int, column: Int) throws {
        let error = try self.fault(text)
        #expect(error.line == line)
        #expect(error.column == column)
    }

    @Test("Columns count bytes, so that an editor's goto finds them")
    func columnsAreBytes() throws {
        #expect(try self.fault("[\"é\" x]").column == 7)
    }

    @Test("A document that was cut off is called cut off")
    func cutOff() throws {
        #expect(try self.fault("{\"a\": [1, 2").reason.contains("cut off"))
    }

    @Test("The description is one line with the place first")
    func description() throws {
        #expect(try self.fault("[1,]").description.hasPrefix("line 1, column 4: "))
    }

    @Test("A key of a megabyte that stands twice does not make an error of a megabyte")
    func longKeysAreShortened() throws {
        let key = String(repeating: "k", count: 1_000_000)
        #expect(try self.fault("{\"\(key)\":1,\"\(key)\":2}").reason.utf8.count < 300)
    }
}
