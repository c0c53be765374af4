import Testing

@testable import flagctl

@Suite("A server's URL is checked before anything is sent there")
struct ServerURLTests {
    @Test(
        "What is a URL of a server is taken without the slash at its end",
        arguments: [
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("https://flags.example.com", "https://flags.example.com"),
            ("https://example.com/signalbox/", "https://example.com/signalbox"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ])
    func accepted(text: String, expected: String) throws {
        #expect(try ServerURL(parsing: text).text == expected)
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "127.0.0.1:8080", "localhost", "ftp://x", "http://", "http://u:p@x", "http://x?q=1", "http://x/#f",
        ])
    func refused(text: String) {
        let error = #expect(throws: ServerURL.Invalid.self) { try ServerURL(parsing: text) }
        #expect(error?.description.contains("u:p") == false)
    }

    @Test("A port is 1 to 65535", arguments: ["0", "65536", "99999", "99999999999999999999"])
    func port(text: String) {
        let error = #expect(throws: ServerURL.Invalid.self) { try ServerURL(parsing: "http://127.0.0.1:\(text)/x") }
        #expect(error?.description.hasSuffix("the port is 1 to 65535") == true)
    }

    @Test("The highest port is taken")
    func highestPort() throws {
        #expect(try ServerURL(parsing: "http://[::1]:65535").text == "http://[::1]:65535")
    }

    @Test("Loopback addresses are known as local")
    func local() throws {
        #expect(try ServerURL(parsing: "http://[::1]:80").isLocal)
        #expect(try ServerURL(parsing: "http://LocalHost").isLocal)
        #expect(try !ServerURL(parsing: "http://10.0.0.1").isLocal)
    }
}
