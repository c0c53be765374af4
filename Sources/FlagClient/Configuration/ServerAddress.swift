/// Where the control plane is, ready for paths to be added.
struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address without a slash at its end.
    let text: String

    /// An address that ``fault(of:)`` finds nothing wrong with.
    init(unchecked text: String) {
        var text = text[...]
        while text.hasSuffix("/") { text = text.dropLast() }
        self.text = String(text)
    }

    /// The address.
    var description: String { self.text }

    /// What is wrong with an address; nil: nothing.
    static func fault(of text: String) -> String? {
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else {
            return "has to begin with http:// or https://"
        }
        let rest = text.dropFirst(scheme.count)
        if !rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return "holds a character that no address has" }
        if rest.contains("@") { return "must not hold a name or a password; the token goes into a header" }
        if rest.contains("?") || rest.contains("#") { return "must not have a query or a fragment" }
        return rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix(":") ? "names no host" : nil
    }
}
