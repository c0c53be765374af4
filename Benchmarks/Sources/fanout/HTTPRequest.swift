/// A request to be sent.
struct HTTPRequest: Sendable {
    var method: String
    var path: String
    var headers: [(String, String)] = []
    var body = ""

    /// The request as it goes over the wire.
    var text: String {
        var lines = ["\(self.method) \(self.path) HTTP/1.1", "Host: 127.0.0.1"] + self.headers.map { "\($0): \($1)" }
        if !self.body.isEmpty {
            lines += ["Content-Type: application/json", "Content-Length: \(self.body.utf8.count)"]
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + self.body
    }
}
