import Testing

@testable import flagctl

@Suite("Tables are aligned, plain in pipes, and fit the terminal")
struct TableTests {
    private let table = Table(
        [.init("NAME"), .init("COUNT", isNumeric: true), .init("WHY", .shrinks)],
        [["a", "7", "first"], ["日本", "1200", "because the second cohort was quiet for a whole day"]])

    @Test("Columns are aligned by what a terminal shows, without spaces at the end")
    func aligned() {
        #expect(
            self.table.text(.plain) == """
                NAME  COUNT  WHY
                a         7  first
                日本   1200  because the second cohort was quiet for a whole day

                """)
    }

    @Test("In a narrow terminal the widest column is cut")
    func narrow() {
        #expect(
            self.table.text(.plain, width: 36) == """
                NAME  COUNT  WHY
                a         7  first
                日本   1200  because the second coh…

                """)
    }

    @Test("Names are never cut: other columns are left out, the last one first")
    func leftOut() {
        let table = Table(
            [.init("NAME"), .init("TYPE", .vanishes), .init("TEXT", .shrinks), .init("OWNER", .vanishes)],
            [["a-long-enough-name", "boolean", "some text that is long", "platform"]])
        #expect(
            table.text(.plain, width: 61).hasSuffix("a-long-enough-name  boolean  some text that is long  platform\n"))
        #expect(
            table.text(.plain, width: 60).hasSuffix("a-long-enough-name  boolean  some text that is lo…  platform\n"))
        #expect(table.text(.plain, width: 45).hasSuffix("a-long-enough-name  boolean  some text that …\n"))
        #expect(table.text(.plain, width: 35).hasSuffix("a-long-enough-name  some text that…\n"))
        #expect(table.text(.plain, width: 5) == "NAME                TEXT\na-long-enough-name  some text t…\n")
    }

    @Test("However narrow, something is left of each column")
    func tiny() {
        #expect(self.table.text(.plain, width: 1).contains("because the…"))
    }

    @Test("A table without rows is its heading")
    func empty() {
        #expect(Table([.init("A"), .init("B")], []).text(.plain) == "A  B\n")
    }

    @Test("What somebody wrote as a reason cannot steer the terminal")
    func controlCharacters() {
        let text = Table([.init("REASON")], [["\u{1B}[2Jgone\nERROR \u{202E}x"]]).text(.plain)
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("\u{202E}"))
        #expect(text.split(separator: "\n").count == 2)
    }

    @Test("Emphasis is for terminals, unless NO_COLOR, --no-color or a dumb terminal says otherwise")
    func emphasis() {
        func isOn(_ environment: [String: String], terminal: Bool = true, refused: Bool = false) -> Bool {
            let console = MemoryConsole(terminals: terminal ? [.output] : [])
            let surroundings = Surroundings(
                environment: environment, console: console, transport: StubServer([String: StubServer.Answer]()),
                now: { Run.now })
            return Style(for: .output, surroundings, isRefused: refused).isOn
        }
        #expect(isOn([:]))
        #expect(isOn(["NO_COLOR": ""]))
        #expect(!isOn(["NO_COLOR": "1"]))
        #expect(!isOn(["TERM": "dumb"]))
        #expect(!isOn([:], terminal: false))
        #expect(!isOn([:], refused: true))
    }
}
