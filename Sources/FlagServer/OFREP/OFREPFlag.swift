internal import FlagModel
internal import NIOCore

/// What a flag's answers look like in OFREP, rendered once; only which of them it is depends on the context.
struct OFREPFlag: Sendable {
    /// The flag's key.
    let key: FlagKey

    /// All up to the reason.
    private let beginning: [UInt8]
    /// All after the reason, by variant.
    private let endings: [String: [UInt8]]
    /// All after the reason where there is no value.
    private let endingWithoutValue: [UInt8]

    /// - Parameter setMetadata: What the environment says about every flag; the flag's own metadata goes before it.
    init(_ flag: CompiledFlag, setMetadata: [String: JSONValue]) {
        self.key = flag.key
        self.beginning = Array(#"{"key":\#(JSONValue.string(flag.key.text).canonical),"reason":""#.utf8)
        let metadata = flag.definition.metadata.merging(setMetadata) { own, _ in own }
        let end = metadata.isEmpty ? "}" : #","metadata":\#(JSONValue.object(metadata).canonical)}"#
        // Clients take a missing variant for a broken answer.
        self.endingWithoutValue = Array(#"","variant":"""#.utf8) + Array(end.utf8)
        var endings: [String: [UInt8]] = [:]
        for (name, value) in flag.definition.variants {
            let value = Self.spell(value, of: flag.definition.type)
            let variant = JSONValue.string(name).canonical
            endings[name] = Array(#"","value":\#(value),"variant":\#(variant)\#(end)"#.utf8)
        }
        self.endings = endings
    }

    /// Writes what `evaluation` of this flag is in OFREP.
    func write(_ evaluation: Evaluation, to buffer: inout ByteBuffer) {
        if let code = evaluation.errorCode {
            let failure = OFREPFailure(
                key: self.key.text, code: OFREPErrorCode(code), details: evaluation.errorDetails ?? code.rawValue)
            buffer.writeString(failure.json)
            return
        }
        let ending = evaluation.variant.flatMap { self.endings[$0] } ?? self.endingWithoutValue
        buffer.reserveCapacity(minimumWritableBytes: self.beginning.count + 16 + ending.count)
        buffer.writeBytes(self.beginning)
        buffer.writeString(evaluation.reason.rawValue)
        buffer.writeBytes(ending)
    }

    /// A value as JSON. A number flag's has a point or an exponent, as clients tell floats from integers by it.
    static func spell(_ value: JSONValue, of type: FlagType) -> String {
        let text = (type.normalize(value) ?? value).canonical
        guard type == .number, !text.contains(where: { $0 == "." || $0 == "e" }) else { return text }
        return text + ".0"
    }
}
