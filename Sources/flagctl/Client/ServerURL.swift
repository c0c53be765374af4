import FoundationEssentials

/// Where a FlagServer answers: `http://host:port`, perhaps with a path in front of its own.
struct ServerURL: Hashable, Sendable, CustomStringConvertible {
    /// A text is not such a URL.
    struct Invalid: Error, Hashable, CustomStringConvertible {
        /// What is wrong and what is expected.
        let description: String
    }

    /// Where FlagServer listens unless told otherwise.
    static let `default` = ServerURL(text: "http://127.0.0.1:8080", host: "127.0.0.1", isEncrypted: false)

    /// The URL without a slash at its end.
    let text: String
    /// The name or address of the machine.
    let host: String
    /// Whether the connection is encrypted.
    let isEncrypted: Bool

    private init(text: String, host: String, isEncrypted: Bool) {
        self.text = text
        self.host = host
        self.isEncrypted = isEncrypted
    }

    init(parsing text: String) throws(Invalid) {
        guard let components = URLComponents(string: text), let scheme = components.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = components.host, !host.isEmpty
        else {
            throw Invalid(description: "\"\(text.printable)\" is not a server's URL: write http://host:port")
        }
        // The URL is not repeated: it may hold a password.
        guard components.user == nil, components.password == nil else {
            throw Invalid(description: "a server's URL holds no user or password; the token goes into a file")
        }
        guard components.query == nil, components.fragment == nil else {
            throw Invalid(description: "a server's URL ends with its port or path, without query or fragment")
        }
        // Read from the text: a number that is too long for an integer counts as no port at all elsewhere.
        if let range = components.rangeOfPort, !range.isEmpty {
            guard let port = UInt16(text[range]), port > 0 else {
                throw Invalid(
                    description: "\"\(text.printable)\" is not a server's URL: the port is 1 to 65535")
            }
        }
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        self.init(text: text, host: host.lowercased(), isEncrypted: scheme == "https")
    }

    /// Whether nobody but this machine sees what is sent there.
    var isLocal: Bool {
        self.host == "localhost" || self.host == "::1" || self.host == "[::1]" || self.host.hasPrefix("127.")
    }

    /// Whether a path stands in front of FlagServer's own.
    var hasPath: Bool { self.text.split(separator: "/", omittingEmptySubsequences: true).count > 2 }

    var description: String { self.text }
}
