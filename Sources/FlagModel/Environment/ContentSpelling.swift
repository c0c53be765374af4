internal import Digest

/// A content's canonical JSON (RFC 8785), kept flag by flag, so that a change costs what changed.
struct ContentSpelling: Sendable {
    /// Each flag's definition.
    private var flags: [FlagKey: String]
    /// The keys in the order of RFC 8785, which for the characters of a key is that of its bytes.
    private var order: [FlagKey]
    /// The other members, spelt with a comma before each: those between `flags` and `revision`, and those after it.
    private var metadata: String
    private var rest: String

    /// Spells a content.
    init(_ content: EnvironmentContent) {
        self.flags = content.flags.mapValues { $0.json.canonical }
        self.order = self.flags.keys.sorted()
        (self.metadata, self.rest) = Self.others(content)
    }

    /// Spells the flags that have changed since `previous`; the rest is taken over, and with it, where they are the same,
    /// the other members.
    init(
        _ content: EnvironmentContent, changed: Set<FlagKey>, hasSameMembers: Bool, since previous: ContentSpelling
    ) {
        self = previous
        var isSameOrder = true
        for key in changed {
            let text = content.flags[key]?.json.canonical
            if (text == nil) != (self.flags[key] == nil) { isSameOrder = false }
            self.flags[key] = text
        }
        if !isSameOrder { self.order = self.flags.keys.sorted() }
        if !hasSameMembers { (self.metadata, self.rest) = Self.others(content) }
    }

    /// SHA-256 over the canonical JSON of content and environment, in lower-case hexadecimal.
    func digest(in environment: EnvironmentName) -> String {
        Hexadecimal.encode(SHA256.hash(self.text(environment: environment, published: nil)))
    }

    /// The canonical JSON of content and environment, for publication with revision and digest.
    func text(environment: EnvironmentName, published: (revision: Int64, digest: String)?) -> String {
        var text = "{"
        text.reserveCapacity(self.flags.values.reduce(512) { $0 + $1.utf8.count + 64 })
        if let published { text += "\"digest\":\"\(published.digest)\"," }
        text += "\"environment\":\"\(environment.text)\",\"flags\":{"
        var isFirst = true
        for key in self.order {
            guard let flag = self.flags[key] else { continue }
            text += isFirst ? "\"" : ",\""
            text += key.text
            text += "\":"
            text += flag
            isFirst = false
        }
        text += "}"
        text += self.metadata
        if let published { text += ",\"revision\":\(published.revision)" }
        text += self.rest
        text += "}"
        return text
    }

    private static func others(_ content: EnvironmentContent) -> (metadata: String, rest: String) {
        var others = content
        others.flags = [:]
        var members = others.json.objectValue ?? [:]
        members["flags"] = nil
        let metadata = members.removeValue(forKey: "metadata").map { ",\"metadata\":" + $0.canonical } ?? ""
        let rest = members.isEmpty ? "" : "," + JSONValue.object(members).canonical.dropFirst().dropLast()
        return (metadata, rest)
    }
}
