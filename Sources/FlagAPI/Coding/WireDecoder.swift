public import FlagModel

/// Decodes wire types from JSON, with errors that name the place.
///
/// Unlike Foundation's decoder it refuses what JSON leaves to chance (a key that stands twice) and, where the reader is a
/// server, members that nobody knows: a misspelt `percentge` must not pass in silence.
public struct WireDecoder: Sendable {
    /// What to do with members that the type does not have.
    public enum UnknownMembers: Sendable {
        /// Fail, naming them. For requests.
        case refuse
        /// Pass over them. For answers, so that a newer server may say more.
        case ignore
    }

    /// What to do with members that the type does not have.
    public var unknownMembers: UnknownMembers

    /// A decoder.
    public init(unknownMembers: UnknownMembers) {
        self.unknownMembers = unknownMembers
    }

    /// Decodes the JSON text `bytes`.
    ///
    /// - Throws: ``JSONSyntaxError`` when it is not JSON, ``InvalidDocument`` when it is not a `Value`.
    public func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try self.decode(type, from: try JSONParser.parse(bytes))
    }

    /// Decodes a JSON value.
    ///
    /// - Throws: ``InvalidDocument`` when it is not a `Value`.
    public func decode<Value: Decodable>(_ type: Value.Type, from json: JSONValue) throws(InvalidDocument) -> Value {
        let journal = MemberJournal()
        do {
            let value = try ValueDecoder(value: json, codingPath: [], journal: journal).unwrap(type)
            guard case .refuse = self.unknownMembers else { return value }
            let unknown = journal.unknown
            guard unknown.isEmpty else { throw InvalidDocument(unknown) }
            return value
        } catch let error as InvalidDocument {
            throw error
        } catch let error as DecodingError {
            throw InvalidDocument([Issue(error)])
        } catch {
            throw InvalidDocument([Issue(path: "", message: String(describing: error))])
        }
    }
}

extension Issue {
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(path: (context.codingPath + [key]).dotted, message: context.debugDescription)
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self.init(path: context.codingPath.dotted, message: context.debugDescription)
        @unknown default:
            self.init(path: "", message: String(describing: error))
        }
    }
}

extension [any CodingKey] {
    /// The path as people read it: `changes[0].flag`.
    var dotted: String {
        self.reduce(into: "") { path, key in
            // Only arrays have positions: a member of an object may well be called 0.
            if let position = key as? PositionKey {
                path += "[\(position.position)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }
}
