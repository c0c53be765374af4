import FlagModel
import Logging
import Testing

@testable import FlagServer

@Suite("A log entry is one line")
struct LineLogHandlerTests {
    static func line(_ format: LogFormat, _ message: String, _ metadata: Logger.Metadata = [:]) -> String {
        let output = RecordingOutput()
        let logger = Logger(label: "test") { label in
            LineLogHandler(
                label: label, level: .info, format: format, output: output,
                now: { Timestamp(millisecondsSinceEpoch: 0) })
        }
        logger.info("\(message)", metadata: metadata)
        logger.debug("not written")
        return output.text
    }

    @Test("As text: time, level, label, message, sorted metadata")
    func writesText() {
        let line = Self.line(.text, "request", ["http.status": "200", "caller": "ci"])
        #expect(line == "1970-01-01T00:00:00.000Z info test: request caller=ci http.status=200\n")
    }

    @Test("As JSON: one object")
    func writesJSON() throws {
        let line = Self.line(.json, "a \"b\"", ["list": ["x", "y"]])
        let object = try JSONParser.parse(Array(line.utf8))
        #expect(object["message"] == "a \"b\"" && object["level"] == "info" && object["list"] == ["x", "y"])
        #expect(line.hasSuffix("}\n"))
    }

    @Test("What came in with a request cannot begin a line of its own", arguments: LogFormat.allCases)
    func escapesLineBreaks(format: LogFormat) {
        let line = Self.line(format, "a\nb\u{2028}c", ["key": "d\r\ne\u{1b}[31m"])
        #expect(line.unicodeScalars.filter { $0 == "\n" }.count == 1)
        #expect(!line.unicodeScalars.contains { $0 == "\r" || $0 == "\u{1b}" })
    }
}
