/// What `If-None-Match` says: a list of tags, some perhaps weak, or `*` (RFC 9110, section 13.1.2).
struct EntityTagCondition: Sendable, Hashable {
    /// Whether any content matches.
    private(set) var matchesAnything = false
    /// The opaque parts of the tags; weak ones too, as the comparison for this header is the weak one.
    private(set) var tags: [String] = []

    /// Reads the values of the header's fields, which count as one list. Reading ends at what is not a tag: then less
    /// matches, and the client gets the content once more.
    init(_ fields: [String]) {
        for field in fields {
            var rest = Substring(field)
            while true {
                rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
                if rest.first == "*" {
                    self.matchesAnything = true
                    rest = rest.dropFirst()
                    continue
                }
                if rest.hasPrefix("W/") { rest = rest.dropFirst(2) }
                guard rest.first == "\"" else { break }
                rest = rest.dropFirst()
                guard let end = rest.firstIndex(of: "\"") else { break }
                self.tags.append(String(rest[..<end]))
                rest = rest[rest.index(after: end)...]
            }
        }
    }

    /// Whether `tag` is meant.
    func matches(_ tag: EntityTag) -> Bool {
        self.matchesAnything || self.tags.contains(tag.opaque)
    }
}
