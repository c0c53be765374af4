extension JSONValue {
    /// The value as canonical JSON (RFC 8785): no white space, keys in the order of their UTF-16 code units, the shortest
    /// number that reads back the same, only the escapes that JSON demands.
    ///
    /// Equal documents have equal canonical text, whoever wrote them; digests are taken over it.
    public var canonical: String { String(decoding: self.canonicalBytes, as: UTF8.self) }

    /// ``canonical`` as UTF-8.
    public var canonicalBytes: [UInt8] {
        var writer = JSONWriter(indentation: nil)
        writer.write(self, depth: 0)
        return writer.bytes
    }

    /// The value as JSON for people: canonical order, two spaces of indentation.
    public var pretty: String {
        var writer = JSONWriter(indentation: 2)
        writer.write(self, depth: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
