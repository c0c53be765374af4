extension FlagChange {
    /// The names under which steps travel.
    private enum Verb: String, CaseIterable {
        case put, remove, enable, disable, serve, set, rollout, kill, putSegment, removeSegment, revokeTickets
    }

    /// The step as JSON: `{"op": "rollout", "flag": "X", "percentage": 25}`.
    public var json: JSONValue {
        func object(_ verb: Verb, _ members: [String: JSONValue]) -> JSONValue {
            var members = members
            members["op"] = .string(verb.rawValue)
            if let flag = self.flag { members["flag"] = .string(flag.text) }
            return .object(members)
        }
        switch self {
        case .put(_, let definition): return object(.put, ["definition": definition.json])
        case .remove: return object(.remove, [:])
        case .enable: return object(.enable, [:])
        case .disable: return object(.disable, [:])
        case .serve(_, let variant): return object(.serve, ["variant": .string(variant)])
        case .set(_, let value): return object(.set, ["value": value])
        case .rollout(_, let percentage, let variant):
            var members: [String: JSONValue] = ["percentage": percentage.json]
            if let variant { members["variant"] = .string(variant) }
            return object(.rollout, members)
        case .kill: return object(.kill, [:])
        case .putSegment(let name, let segment):
            return object(.putSegment, ["segment": .string(name.text), "definition": segment.json])
        case .removeSegment(let name): return object(.removeSegment, ["segment": .string(name.text)])
        case .revokeTickets(let moment): return object(.revokeTickets, ["before": .string(moment.description)])
        }
    }

    /// Reads the form that ``json`` writes.
    ///
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(json: JSONValue, at path: String) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let op = reader.string("op")
        let verb = reader.keyword("op", op, Verb.self)
        _ = reader.require("op", op, "one of " + Verb.allCases.map(\.rawValue).joined(separator: ", "))
        guard let verb else { throw InvalidDocument(reader.issues) }

        let change: Self? =
            switch verb {
            case .putSegment, .removeSegment: Self.segment(reading: &reader, verb)
            case .revokeTickets: Self.revokeTickets(reading: &reader)
            default: Self.flag(reading: &reader, verb)
            }
        reader.finish()
        guard reader.issues.isEmpty, let change else { throw InvalidDocument(reader.issues) }
        self = change
    }

    /// The steps that change one flag.
    private static func flag(reading reader: inout DocumentReader, _ verb: Verb) -> Self? {
        let key = reader.flagKey("flag")
        return switch verb {
        case .put: Self.put(reading: &reader, key)
        case .remove: key.map(Self.remove)
        case .enable: key.map(Self.enable)
        case .disable: key.map(Self.disable)
        case .kill: key.map(Self.kill)
        case .serve: Self.serve(reading: &reader, key)
        case .set: Self.set(reading: &reader, key)
        case .rollout: Self.rollout(reading: &reader, key)
        case .putSegment, .removeSegment, .revokeTickets: nil
        }
    }

    /// The steps that change one segment.
    private static func segment(reading reader: inout DocumentReader, _ verb: Verb) -> Self? {
        var name: SegmentName?
        if let text = reader.require("segment", reader.string("segment"), "a segment name") {
            do throws(InvalidName) {
                name = try SegmentName(parsing: text)
            } catch {
                reader.fail("segment", error.description)
            }
        }
        guard verb == .putSegment else { return name.map(Self.removeSegment) }
        guard let document = reader.require("definition", reader.value("definition"), "the segment's definition") else {
            return nil
        }
        do throws(InvalidDocument) {
            let segment = try Segment(json: document, at: reader.path(of: "definition"))
            return name.map { .putSegment($0, segment) }
        } catch {
            reader.add(error.issues)
            return nil
        }
    }

    private static func put(reading reader: inout DocumentReader, _ key: FlagKey?) -> Self? {
        guard let document = reader.require("definition", reader.value("definition"), "the flag's definition"), let key
        else { return nil }
        do {
            return .put(key, try FlagDefinition(json: document, key: key, at: reader.path(of: "definition")))
        } catch {
            reader.add(error.issues)
            return nil
        }
    }

    private static func serve(reading reader: inout DocumentReader, _ key: FlagKey?) -> Self? {
        let name = reader.variantName("variant")
        guard let variant = reader.require("variant", name, "the name of a variant"), let key else { return nil }
        return .serve(key, variant: variant)
    }

    private static func set(reading reader: inout DocumentReader, _ key: FlagKey?) -> Self? {
        guard let value = reader.require("value", reader.value("value"), "the new value"), let key else { return nil }
        return .set(key, value: value)
    }

    private static func rollout(reading reader: inout DocumentReader, _ key: FlagKey?) -> Self? {
        let variant = reader.variantName("variant")
        guard let percent = reader.require("percentage", reader.number("percentage"), "a number from 0 to 100") else {
            return nil
        }
        guard let percentage = Percentage(percent: percent) else {
            reader.fail(
                "percentage",
                "\(JSONValue.normalized(percent).canonical) is not a percentage: 0 to 100, in steps of 0.001")
            return nil
        }
        return key.map { .rollout($0, percentage: percentage, variant: variant) }
    }

    private static func revokeTickets(reading reader: inout DocumentReader) -> Self? {
        guard let text = reader.require("before", reader.string("before"), "an RFC 3339 time") else { return nil }
        guard let moment = Timestamp(text) else {
            reader.fail(
                "before", "expected an RFC 3339 time such as 2026-03-04T05:06:07Z, found \"\(text.shortened())\"")
            return nil
        }
        return .revokeTickets(before: moment)
    }
}

extension DocumentReader {
    /// A flag key that must be there.
    public mutating func flagKey(_ member: String) -> FlagKey? {
        guard let text = self.require(member, self.string(member), "a flag key") else { return nil }
        do {
            return try FlagKey(parsing: text)
        } catch {
            self.fail(member, error.description)
            return nil
        }
    }
}
