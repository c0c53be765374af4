import Configuration
import FlagModel

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ConfigContent {
    /// A flag's value as the type that a reader asks for; nil when it cannot be that.
    ///
    /// Booleans, strings, integers and numbers are read as themselves, integers as doubles too. Bytes are a string in
    /// base64. Arrays are an object flag whose value is an array of such.
    init?(_ value: JSONValue, as type: ConfigType) {
        func array<Element>(_ element: (JSONValue) -> Element?) -> [Element]? {
            guard let elements = value.arrayValue else { return nil }
            let read = elements.compactMap(element)
            return read.count == elements.count ? read : nil
        }
        let content: ConfigContent? =
            switch type {
            case .string: value.stringValue.map(ConfigContent.string)
            case .int: Int(flagValue: value).map(ConfigContent.int)
            case .double: value.doubleValue.map(ConfigContent.double)
            case .bool: value.boolValue.map(ConfigContent.bool)
            case .bytes: Self.bytes(value).map(ConfigContent.bytes)
            case .stringArray: array(\.stringValue).map(ConfigContent.stringArray)
            case .intArray: array { Int(flagValue: $0) }.map(ConfigContent.intArray)
            case .doubleArray: array(\.doubleValue).map(ConfigContent.doubleArray)
            case .boolArray: array(\.boolValue).map(ConfigContent.boolArray)
            case .byteChunkArray: array(Self.bytes).map(ConfigContent.byteChunkArray)
            }
        guard let content else { return nil }
        self = content
    }

    private static func bytes(_ value: JSONValue) -> [UInt8]? {
        value.stringValue.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
}

extension ConfigType {
    /// Whether a flag of that type may have values of this one.
    func canRead(_ type: FlagType) -> Bool {
        switch self {
        case .string, .bytes: type == .string
        case .int: type == .integer
        case .double: type == .number || type == .integer
        case .bool: type == .boolean
        case .stringArray, .intArray, .doubleArray, .boolArray, .byteChunkArray: type == .object
        }
    }
}

extension EvaluationContext {
    /// A configuration key's context: `targetingKey` is the targeting key, everything else an attribute.
    init(_ context: [String: ConfigContextValue]) {
        self.init()
        for (name, value) in context {
            switch value {
            case .string(let text) where name == "targetingKey": self.targetingKey = text
            case .string(let text): self.attributes[name] = .string(text)
            case .int(let number): self.attributes[name] = .integer(Int64(number))
            case .double(let number): self.attributes[name] = .number(number)
            case .bool(let truth): self.attributes[name] = .bool(truth)
            }
        }
    }
}
