internal import FlagModel

/// A `Decoder` over one JSON value.
struct ValueDecoder: Decoder {
    var value: JSONValue
    var codingPath: [any CodingKey]
    var journal: MemberJournal
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Decodes a whole value. JSON itself is handed through: nothing to decode, and no members to ask for.
    func unwrap<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let json = self.value as? Value, type == JSONValue.self { return json }
        return try type.init(from: self)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = self.value else { throw self.mismatch("an object") }
        return KeyedDecodingContainer(KeyedValueDecoder(members: members, decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = self.value else { throw self.mismatch("an array") }
        return UnkeyedValueDecoder(elements: elements, decoder: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func descend(to value: JSONValue, _ key: any CodingKey) -> ValueDecoder {
        ValueDecoder(value: value, codingPath: self.codingPath + [key], journal: self.journal)
    }

    func mismatch(_ expected: String) -> DecodingError {
        .typeMismatch(
            JSONValue.self,
            DecodingError.Context(
                codingPath: self.codingPath, debugDescription: "expected \(expected), found \(self.value.kind)"))
    }

    func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        guard let integer = self.value.integerValue else { throw self.mismatch("an integer") }
        guard let value = Value(exactly: integer) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: self.codingPath, debugDescription: "\(integer) is out of range"))
        }
        return value
    }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { self.value == .null }
    func decode(_ type: Bool.Type) throws -> Bool { try self.require(self.value.boolValue, "a boolean") }
    func decode(_ type: String.Type) throws -> String { try self.require(self.value.stringValue, "a string") }
    func decode(_ type: Double.Type) throws -> Double { try self.require(self.value.doubleValue, "a number") }
    func decode(_ type: Float.Type) throws -> Float { Float(try self.decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try self.integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try self.integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try self.integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try self.integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try self.integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try self.integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try self.integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try self.integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try self.integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try self.integer(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try self.unwrap(type) }

    private func require<Value>(_ value: Value?, _ expected: String) throws -> Value {
        guard let value else { throw self.mismatch(expected) }
        return value
    }
}
