extension FlagdDocument {
    /// Reads flagd's JSON.
    ///
    /// A flag's type is inferred from its variants. Its rule is kept as it is, but where it is exactly what an export
    /// writes for a rollout it is read back as that.
    ///
    /// - Throws: ``InvalidDocument`` with every fault and its place.
    public init(json: JSONValue) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: "")
        _ = reader.string("$schema")
        let flags = reader.require("flags", reader.object("flags"), "an object of key: flag") ?? [:]
        let evaluators = reader.object("$evaluators") ?? [:]
        var metadata = reader.object("metadata") ?? [:]
        let bucketing = metadata.removeValue(forKey: Self.bucketingMember)
        if let bucketing, bucketing != .string(Self.bucketing) {
            reader.fail(
                "metadata.\(Self.bucketingMember)",
                "only \(Self.bucketing) is known here; \(bucketing.canonical.shortened()) would put users elsewhere")
        }
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) where !value.isScalar {
            reader.fail("metadata.\(name)", "expected a string, a number or a boolean, found \(value.kind)")
        }
        reader.finish()
        self.init(flags: [:], segments: [:], metadata: metadata)
        for (text, rule) in evaluators.sorted(by: { $0.key < $1.key }) {
            do throws(InvalidName) {
                self.segments[try SegmentName(parsing: text)] = Segment(rule: rule)
            } catch {
                reader.fail("$evaluators.\(text.shortened())", error.description)
            }
        }
        let exporter = FlagdExporter(EnvironmentContent(segments: self.segments))
        for (text, value) in flags.sorted(by: { $0.key < $1.key }) {
            let place = "flags.\(text.shortened())"
            do throws(InvalidName) {
                let key = try FlagKey(parsing: text)
                do throws(InvalidDocument) {
                    self.flags[key] = try FlagDefinition(flagd: value, at: place, exporter)
                } catch {
                    reader.add(error.issues)
                }
            } catch {
                reader.add([Issue(path: place, message: error.description)])
            }
        }
        reader.add(self.content.issues.map(\.inFlagdTerms))
        guard reader.issues.isEmpty else { throw InvalidDocument(reader.issues) }
    }
}

extension FlagDefinition {
    /// Reads one of flagd's flags.
    fileprivate init(flagd json: JSONValue, at path: String, _ exporter: FlagdExporter) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let stateName = reader.string("state")
        let state = reader.keyword("state", stateName, FlagState.self)
        _ = reader.require("state", stateName, "ENABLED or DISABLED")
        let variants = reader.require("variants", reader.object("variants"), "an object of name: value") ?? [:]
        let defaultVariant = reader.flagdVariant("defaultVariant")
        let rule = reader.object("targeting") ?? [:]
        let targeting: JSONValue? = rule.isEmpty ? .none : .object(rule)
        var metadata = reader.object("metadata") ?? [:]
        let hint = metadata.removeValue(forKey: FlagdDocument.typeMember)
        reader.finish()
        let inferred = FlagType(inferredFrom: variants)
        if let hint, hint != .string(FlagType.number.rawValue) || inferred != .integer && inferred != .number {
            reader.fail("metadata.\(FlagdDocument.typeMember)", "does not go with the variants")
        }
        if inferred == nil, !variants.isEmpty {
            let kinds = Set(variants.values.map(\.kind)).sorted().joined(separator: ", ")
            reader.fail("variants", "a flag's variants have one type; these are: \(kinds)")
        }
        self.init(
            type: hint == nil ? inferred ?? .boolean : .number, state: state ?? .enabled, variants: variants,
            defaultVariant: defaultVariant, targeting: targeting, metadata: metadata)
        if inferred != nil || variants.isEmpty {
            self.normalizeVariants()
            self.readRollout(exporter)
            reader.add(self.issues(at: path))
        }
        guard reader.issues.isEmpty else { throw InvalidDocument(reader.issues) }
    }

    /// Takes a rule that an export wrote apart again: into a rollout and what was asked before it.
    private mutating func readRollout(_ exporter: FlagdExporter) {
        guard let rule = self.targeting else { return }
        var targeting: JSONValue?
        var last = rule
        if let parts = rule["or"]?.arrayValue, parts.count == 2 {
            (targeting, last) = (parts[0], parts[1])
        } else if let parts = rule["if"]?.arrayValue, parts.count == 3, parts[0]["!=="] == .array([parts[1], .null]) {
            (targeting, last) = (parts[1], parts[2])
        }
        var split = self
        split.targeting = targeting
        split.rollout = FlagdRollout.read(last, default: self.defaultVariant)
        guard split.rollout != nil, exporter.decision(targeting, split) == rule else { return }
        self = split
    }
}

extension DocumentReader {
    /// The name of a variant as flagd takes it: a boolean is the name spelt like it, an empty text is none.
    fileprivate mutating func flagdVariant(_ member: String) -> String? {
        guard let value = self.value(member) else { return nil }
        if case .bool(let word) = value { return word ? "true" : "false" }
        return self.string(member).flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension FlagType {
    /// The type that all of the variants have; nil: there is none. What is written with a decimal point is a number.
    fileprivate init?(inferredFrom variants: [String: JSONValue]) {
        let isFraction = variants.values.contains { if case .number = $0 { true } else { false } }
        let candidates: [FlagType] = isFraction ? [.number] : [.boolean, .string, .integer, .number, .object]
        let type = candidates.first { type in variants.values.allSatisfy { type.normalize($0) != nil } }
        guard !variants.isEmpty, let type else { return nil }
        self = type
    }
}

extension Issue {
    /// A fault of a segment at its place in flagd's document.
    fileprivate var inFlagdTerms: Issue {
        guard self.path.hasPrefix("segments.") else { return self }
        let place = self.path.dropFirst("segments.".count)
        let path = place.firstRange(of: ".rule").map { place[..<$0.lowerBound] + place[$0.upperBound...] } ?? place
        return Issue(path: "$evaluators.\(path)", message: self.message)
    }
}
