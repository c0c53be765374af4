internal import Digest

/// A content's canonical JSON (RFC 8785), kept flag by flag, so that a change costs what changed.
struct ContentSpelling: Sendable {
    /// A flag, spelt as a member of an object.
    private struct Member: Sendable {
        let key: FlagKey
        let bytes: [UInt8]
    }

    /// The flags in the order of RFC 8785, which for the characters of a key is that of its bytes.
    private var flags: [Member]
    /// The other members, spelt with a comma before each: those between `flags` and `revision`, and those after it.
    private var metadata: String
    private var rest: String

    /// Spells a content.
    init(_ content: EnvironmentContent) {
        self.flags = content.flags.map { Self.member($0.key, $0.value) }.sorted { $0.key < $1.key }
        (self.metadata, self.rest) = Self.others(content)
    }

    /// Spells the flags that have changed since `previous`; the rest is taken over, and with it, where they are the same,
    /// the other members.
    init(
        _ content: EnvironmentContent, changed: Set<FlagKey>, hasSameMembers: Bool, since previous: ContentSpelling
    ) {
        self = previous
        for key in changed {
            let place = self.place(of: key)
            let isThere = place < self.flags.count && self.flags[place].key == key
            switch content.flags[key] {
            case let definition? where isThere: self.flags[place] = Self.member(key, definition)
            case let definition?: self.flags.insert(Self.member(key, definition), at: place)
            case nil: if isThere { self.flags.remove(at: place) }
            }
        }
        if !hasSameMembers { (self.metadata, self.rest) = Self.others(content) }
    }

    /// Where a flag stands, or would stand.
    private func place(of key: FlagKey) -> Int {
        var (low, high) = (0, self.flags.count)
        while low < high {
            let middle = (low + high) / 2
            if self.flags[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// SHA-256 over the canonical JSON of content and environment, in lower-case hexadecimal.
    func digest(in environment: EnvironmentName) -> String {
        Hexadecimal.encode(SHA256.hash(self.bytes(environment: environment, published: nil)))
    }

    /// The canonical JSON of content and environment, for publication with revision and digest.
    func bytes(environment: EnvironmentName, published: (revision: Int64, digest: String)?) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            self.flags.reduce(512 + self.metadata.utf8.count + self.rest.utf8.count) { $0 + $1.bytes.count + 1 })
        bytes.append(UInt8(ascii: "{"))
        if let published { bytes.append(contentsOf: "\"digest\":\"\(published.digest)\",".utf8) }
        bytes.append(contentsOf: "\"environment\":\"\(environment.text)\",\"flags\":{".utf8)
        var isFirst = true
        for flag in self.flags {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: flag.bytes)
            isFirst = false
        }
        bytes.append(UInt8(ascii: "}"))
        bytes.append(contentsOf: self.metadata.utf8)
        if let published { bytes.append(contentsOf: ",\"revision\":\(published.revision)".utf8) }
        bytes.append(contentsOf: self.rest.utf8)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func member(_ key: FlagKey, _ definition: FlagDefinition) -> Member {
        Member(key: key, bytes: Array("\"\(key.text)\":".utf8) + definition.json.canonicalBytes)
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
