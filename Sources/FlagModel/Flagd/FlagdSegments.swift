/// The segments of a content as flagd's `$evaluators`.
///
/// Evaluators replace a `$ref` in the document's text, once and in an order of their own. So the segments that a segment
/// names are written out in it, and one whose text would not survive being a replacement in a regular expression (`$`,
/// backslashes, what JSON escapes) is written out wherever it is named.
struct FlagdSegments {
    private let rules: [SegmentName: JSONValue]

    init(_ segments: [SegmentName: Segment]) {
        let compiled = CompiledSegments(segments)
        self.rules = Dictionary(
            uniqueKeysWithValues: segments.filter { compiled[$0.key] != nil }.map { name, segment in
                (name, Self.expanded(segment.rule, among: segments))
            })
    }

    /// The value of the member `$evaluators`.
    var evaluators: [String: JSONValue] {
        var evaluators: [String: JSONValue] = [:]
        for (name, rule) in self.rules where Self.isReplaceable(name, rule) { evaluators[name.text] = rule }
        return evaluators
    }

    /// The rule of a segment, those that it names written out; nil: there is none of that name.
    subscript(_ name: String) -> JSONValue? {
        SegmentName.isValid(name) ? self.rules[SegmentName(unchecked: name)] : nil
    }

    /// `rule`, with the segments written out that cannot stand among the `$evaluators`.
    func inlined(_ rule: JSONValue) -> JSONValue {
        rule.replacingReferences { name in
            guard let segment = self[name], !Self.isReplaceable(SegmentName(unchecked: name), segment) else {
                return nil
            }
            return segment
        }
    }

    /// `rule`, with all segments written out.
    func writtenOut(_ rule: JSONValue) -> JSONValue { rule.replacingReferences { self[$0] } }

    /// Only called for segments that compile, so that nothing names itself in a circle.
    private static func expanded(_ rule: JSONValue, among segments: [SegmentName: Segment]) -> JSONValue {
        rule.replacingReferences { name in
            guard SegmentName.isValid(name), let segment = segments[SegmentName(unchecked: name)] else { return nil }
            return Self.expanded(segment.rule, among: segments)
        }
    }

    private static func isReplaceable(_ name: SegmentName, _ rule: JSONValue) -> Bool {
        guard rule.objectValue?.isEmpty == false, !name.text.contains(".") else { return false }
        return rule.canonical.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "$") }
    }
}

extension JSONValue {
    /// The value with `{"$ref": name}` replaced by what `replacement` gives for the name; nil leaves it.
    func replacingReferences(_ replacement: (String) -> JSONValue?) -> JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map { $0.replacingReferences(replacement) })
        case .object(let members):
            if members.count == 1, case .string(let name)? = members["$ref"] { return replacement(name) ?? self }
            return .object(
                members.mapValues { argument in
                    let replaced = argument.replacingReferences(replacement)
                    // A lone argument that becomes an array would be taken for the list of arguments.
                    return replaced.arrayValue != nil && argument.arrayValue == nil ? [replaced] : replaced
                })
        default: return self
        }
    }
}
