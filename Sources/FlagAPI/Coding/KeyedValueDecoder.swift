internal import FlagModel

/// Reads the members of an object, noting in the journal which are asked for.
struct KeyedValueDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: JSONValue]
    let decoder: ValueDecoder
    /// The object's place, spelt once for all members.
    let path: String

    init(members: [String: JSONValue], decoder: ValueDecoder) {
        self.members = members
        self.decoder = decoder
        self.path = decoder.codingPath.dotted
        decoder.journal.open(members.keys, at: self.path)
    }

    var codingPath: [any CodingKey] { self.decoder.codingPath }
    var allKeys: [Key] { self.members.keys.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { self.member(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { self.member(key) == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try self.decoder(for: key).unwrap(type)
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try self.decoder(for: key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try self.decoder(for: key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try self.decoder(for: key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try self.decoder(for: key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try self.decoder(for: key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try self.decoder(for: key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try self.decoder(for: key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try self.decoder(for: key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try self.decoder(for: key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try self.decoder(for: key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try self.decoder(for: key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try self.decoder(for: key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try self.decoder(for: key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try self.decoder(for: key).decode(type) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try self.decoder(for: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try self.decoder(for: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { self.decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try self.decoder(for: key) }

    private func member(_ key: Key) -> JSONValue? {
        self.decoder.journal.ask(key.stringValue, at: self.path)
        return self.members[key.stringValue]
    }

    private func decoder(for key: Key) throws -> ValueDecoder {
        guard let value = self.member(key) else {
            let slip = self.decoder.journal.slip(for: key.stringValue, at: self.path)
            let hint = slip.map { "; is \"\($0)\" a slip for it?" } ?? ""
            throw DecodingError.keyNotFound(
                key, DecodingError.Context(codingPath: self.codingPath, debugDescription: "is missing\(hint)"))
        }
        return self.decoder.descend(to: value, key)
    }
}
