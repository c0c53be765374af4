internal import FlagModel
internal import Yams

/// Turns the nodes of a YAML document into JSON.
struct YAMLReader {
    private var count = 0

    mutating func value(of node: Node, depth: Int) throws(YAMLSyntaxError) -> JSONValue {
        self.count += 1
        guard self.count <= YAMLDocument.maximumValues else {
            throw self.fault(node, "the document has more than \(YAMLDocument.maximumValues) values")
        }
        guard depth <= JSONParser.defaultMaximumDepth else {
            throw self.fault(node, "nested deeper than \(JSONParser.defaultMaximumDepth) levels")
        }
        switch node {
        case .scalar(let scalar): return try self.value(of: scalar, node)
        case .sequence(let sequence): return try self.array(of: sequence, node, depth: depth)
        case .mapping(let mapping): return try self.object(of: mapping, node, depth: depth)
        // Only a parser that is told to keep aliases makes these.
        case .alias(let alias): throw self.fault(node, "the alias *\(alias.anchor.rawValue) stands for nothing")
        }
    }

    private mutating func array(
        of sequence: Node.Sequence, _ node: Node, depth: Int
    ) throws(YAMLSyntaxError) -> JSONValue {
        try self.check(sequence.tag, is: .seq, node)
        var elements: [JSONValue] = []
        for element in sequence {
            elements.append(try self.value(of: element, depth: depth + 1))
        }
        return .array(elements)
    }

    private mutating func object(
        of mapping: Node.Mapping, _ node: Node, depth: Int
    ) throws(YAMLSyntaxError) -> JSONValue {
        try self.check(mapping.tag, is: .map, node)
        var members: [String: JSONValue] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar else { throw self.fault(key, "a key must be a text") }
            guard name.string != "<<" || name.style != .plain else {
                throw self.fault(key, "merge keys (<<) are not supported; write the members out, or use an alias")
            }
            let element = try self.value(of: value, depth: depth + 1)
            guard members.updateValue(element, forKey: name.string) == nil else {
                throw self.fault(key, "the key \"\(name.string)\" stands twice in one mapping")
            }
        }
        return .object(members)
    }

    private func value(of scalar: Node.Scalar, _ node: Node) throws(YAMLSyntaxError) -> JSONValue {
        let text = scalar.string
        let tag = scalar.tag.rawValue
        switch tag {
        case Tag.Name.implicit.rawValue where scalar.style == .plain:
            return try self.number(YAMLScalar.resolve(text), node)
        case Tag.Name.implicit.rawValue, Tag.Name.str.rawValue, Tag.Name.nonSpecific.rawValue:
            return .string(text)
        case Tag.Name.int.rawValue, Tag.Name.float.rawValue, Tag.Name.bool.rawValue, Tag.Name.null.rawValue:
            let value = try self.number(YAMLScalar.resolve(text), node)
            guard YAMLScalar.tag(tag, admits: value) else {
                throw self.fault(node, "\"\(text)\" is not what its tag \(tag) says")
            }
            return value
        default:
            throw self.fault(node, "the tag \(tag) has no meaning here")
        }
    }

    private func number(_ value: JSONValue, _ node: Node) throws(YAMLSyntaxError) -> JSONValue {
        if case .number(let number) = value, !number.isFinite {
            throw self.fault(node, "JSON has no number for this; quote it if a text is meant")
        }
        return value
    }

    private func check(_ tag: Tag, is expected: Tag.Name, _ node: Node) throws(YAMLSyntaxError) {
        let allowed = [Tag.Name.implicit, Tag.Name.nonSpecific, expected].map(\.rawValue)
        guard allowed.contains(tag.rawValue) else {
            throw self.fault(node, "the tag \(tag.rawValue) has no meaning here")
        }
    }

    private func fault(_ node: Node, _ reason: String) -> YAMLSyntaxError {
        YAMLSyntaxError(reason: reason, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }
}
