internal import FlagModel

/// Reads the elements of an array, one after the other.
struct UnkeyedValueDecoder: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let decoder: ValueDecoder
    private(set) var currentIndex = 0

    init(elements: [JSONValue], decoder: ValueDecoder) {
        self.elements = elements
        self.decoder = decoder
    }

    var codingPath: [any CodingKey] { self.decoder.codingPath }
    var count: Int? { self.elements.count }
    var isAtEnd: Bool { self.currentIndex == self.elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !self.isAtEnd, self.elements[self.currentIndex] == .null else { return false }
        self.currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try self.next().unwrap(type)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try self.next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try self.next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try self.next() }

    private mutating func next() throws -> ValueDecoder {
        guard !self.isAtEnd else {
            throw DecodingError.valueNotFound(
                JSONValue.self,
                DecodingError.Context(codingPath: self.codingPath, debugDescription: "the array ends too early"))
        }
        let key = PositionKey(position: self.currentIndex)
        let value = self.elements[self.currentIndex]
        self.currentIndex += 1
        return self.decoder.descend(to: value, key)
    }
}

/// A position in an array, as a key of a coding path.
struct PositionKey: CodingKey {
    let position: Int

    var intValue: Int? { self.position }
    var stringValue: String { String(self.position) }

    init(position: Int) { self.position = position }
    init?(intValue: Int) { self.position = intValue }
    init?(stringValue: String) { nil }
}
