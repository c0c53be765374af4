extension FlagDefinition {
    /// Reads a definition in the form of DESIGN's YAML: `type`, `variants`, `defaultVariant`, `rollout`, ….
    ///
    /// - Parameter key: The flag's key; a rollout without a seed takes it.
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(json: JSONValue, key: FlagKey, at path: String) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let typeName = reader.string("type")
        let type = reader.keyword("type", typeName, FlagType.self)
        _ = reader.require("type", typeName, FlagType.allCases.map(\.rawValue).joined(separator: ", "))
        let state = reader.keyword("state", reader.string("state"), FlagState.self) ?? .enabled
        let isKilled = reader.bool("killed") ?? false
        let description = reader.string("description") ?? ""
        let owner = reader.string("owner") ?? ""
        let constraints = Constraints(reading: &reader)
        let variants = reader.require("variants", reader.object("variants"), "an object of name: value")
        let defaultVariant = reader.variantName("defaultVariant")
        if json.objectValue != nil, !reader.has("defaultVariant") {
            reader.fail("defaultVariant", "is missing; name a variant, or null")
        }
        let safeVariant = reader.variantName("safeVariant")
        let onStale = StalePolicy(reading: &reader)
        let prerequisites = Prerequisite.list(reading: &reader)
        let rollout = Rollout(reading: &reader, key: key)
        let targeting = reader.value("targeting")
        let metadata = reader.object("metadata") ?? [:]
        reader.finish()

        var definition = Self(
            type: type ?? .boolean, state: state, isKilled: isKilled, description: description, owner: owner,
            variants: variants ?? [:], defaultVariant: defaultVariant, safeVariant: safeVariant, onStale: onStale,
            prerequisites: prerequisites, rollout: rollout, targeting: targeting == .object([:]) ? nil : targeting,
            constraints: constraints,
            metadata: metadata)
        definition.normalizeVariants()
        // Without type or variants, which have been reported as missing, what depends on them cannot be judged.
        if type != nil, variants != nil { reader.add(definition.variantIssues(at: path)) }
        reader.add(definition.otherIssues(at: path))
        guard reader.issues.isEmpty else { throw InvalidDocument(reader.issues) }
        self = definition
    }

    /// The definition as JSON; what is at its default is left out, so that equal definitions have equal text.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "type": .string(self.type.rawValue),
            "variants": .object(self.variants),
            "defaultVariant": self.defaultVariant.map(JSONValue.string) ?? .null,
        ]
        if self.state != .enabled { members["state"] = .string(self.state.rawValue) }
        if self.isKilled { members["killed"] = true }
        if !self.description.isEmpty { members["description"] = .string(self.description) }
        if !self.owner.isEmpty { members["owner"] = .string(self.owner) }
        if let safeVariant = self.safeVariant { members["safeVariant"] = .string(safeVariant) }
        if case .serveSafe(let seconds) = self.onStale {
            members["onStale"] = ["serve": "safe", "after": .string(Duration.text(seconds: seconds))]
        }
        if !self.prerequisites.isEmpty { members["prerequisites"] = .array(self.prerequisites.map(\.json)) }
        if let rollout = self.rollout { members["rollout"] = rollout.json }
        if let targeting = self.targeting { members["targeting"] = targeting }
        if !self.constraints.isEmpty { members["constraints"] = self.constraints.json }
        if !self.metadata.isEmpty { members["metadata"] = .object(self.metadata) }
        return .object(members)
    }

    /// Brings every variant into the type's own representation, where it has one.
    mutating func normalizeVariants() {
        self.variants = self.variants.mapValues { self.type.normalize($0) ?? $0 }
    }

    /// What does not fit together in the definition, with places under `path`.
    public func issues(at path: String) -> [Issue] {
        self.variantIssues(at: path) + self.otherIssues(at: path)
    }

    /// What is wrong with the variants, and with what names one.
    private func variantIssues(at path: String) -> [Issue] {
        var issues: [Issue] = []
        func fail(_ member: String, _ message: String) {
            issues.append(Issue(path: path.isEmpty ? member : "\(path).\(member)", message: message))
        }
        if self.variants.isEmpty { fail("variants", "at least one variant is needed") }
        for (name, value) in self.variants.sorted(by: { $0.key < $1.key }) {
            if name.isEmpty { fail("variants", "a variant's name cannot be empty") }
            if self.type.normalize(value) == nil {
                fail("variants.\(name)", self.type.mismatch(of: value))
            } else if let violation = self.constraints.violation(by: value) {
                fail("variants.\(name)", violation)
            }
        }
        func check(_ member: String, _ variant: String?) {
            guard let variant, self.variants[variant] == nil else { return }
            let names = self.variants.keys.sorted().joined(separator: ", ").shortened(to: 300)
            fail(member, "there is no variant \"\(variant.shortened())\"; there are: \(names)")
        }
        check("defaultVariant", self.defaultVariant)
        check("safeVariant", self.safeVariant)
        check("rollout.variant", self.rollout?.variant)
        check("rollout.withoutKey", self.rollout?.withoutKey)
        if case .serveSafe = self.onStale, self.effectiveSafeVariant == nil {
            fail("onStale", "serving the safe variant needs a safeVariant")
        }
        return issues
    }

    /// What is wrong with the parts that can be judged by themselves.
    private func otherIssues(at path: String) -> [Issue] {
        var issues: [Issue] = []
        func fail(_ member: String, _ message: String) {
            issues.append(Issue(path: path.isEmpty ? member : "\(path).\(member)", message: message))
        }
        if let minimum = self.constraints.minimum, let maximum = self.constraints.maximum, minimum > maximum {
            fail("constraints", "the minimum is above the maximum")
        }
        if let targeting = self.targeting {
            do {
                _ = try Expression(
                    compiling: targeting, at: path.isEmpty ? "targeting" : "\(path).targeting", segments: .open)
            } catch {
                issues.append(error)
            }
        }
        if self.prerequisites.count > Prerequisite.maximumCount {
            fail(
                "prerequisites",
                "there are \(self.prerequisites.count), at most \(Prerequisite.maximumCount) are allowed")
        }
        if Set(self.prerequisites.map(\.flag)).count < self.prerequisites.count {
            fail("prerequisites", "a flag is required once at most: it answers one variant at a time")
        }
        if !self.prerequisites.isEmpty, self.effectiveSafeVariant == nil {
            fail("prerequisites", "need a safeVariant, which is served while they are not fulfilled")
        }
        for (name, value) in self.metadata.sorted(by: { $0.key < $1.key }) where !value.isScalar {
            fail("metadata.\(name)", "expected a string, a number or a boolean, found \(value.kind)")
        }
        return issues
    }
}

extension DocumentReader {
    /// One of an enumeration's words.
    package mutating func keyword<Value: RawRepresentable & CaseIterable>(
        _ member: String, _ text: String?, _ type: Value.Type
    ) -> Value? where Value.RawValue == String {
        guard let text else { return nil }
        if let value = Value(rawValue: text) { return value }
        let words = Value.allCases.map(\.rawValue)
        let suggestion = NearestName.suggestion(for: text, among: words).map { "; did you mean \($0)?" } ?? ""
        self.fail(
            member, "expected one of \(words.joined(separator: ", ")), found \"\(text.shortened())\"\(suggestion)")
        return nil
    }

    /// The name of a variant. YAML reads an unquoted `on` as true, so that slip is explained.
    package mutating func variantName(_ member: String) -> String? {
        guard let value = self.value(member) else { return nil }
        if case .bool(let word) = value {
            self.fail(member, "expected the name of a variant, found \(word); put it in quotes, as in \"on\"")
            return nil
        }
        return self.string(member)
    }
}

extension Constraints {
    /// The bounds as JSON.
    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if let minimum = self.minimum { members["minimum"] = .normalized(minimum) }
        if let maximum = self.maximum { members["maximum"] = .normalized(maximum) }
        if let maximumLength = self.maximumLength { members["maximumLength"] = .integer(Int64(maximumLength)) }
        return .object(members)
    }

    init(reading parent: inout DocumentReader) {
        self.init()
        guard let members = parent.object("constraints") else { return }
        var reader = DocumentReader(.object(members), at: parent.path(of: "constraints"))
        self.minimum = reader.number("minimum")
        self.maximum = reader.number("maximum")
        if let length = reader.integer("maximumLength") {
            self.maximumLength = Int(length)
            if length < 0 { reader.fail("maximumLength", "cannot be negative") }
        }
        reader.finish()
        parent.add(reader.issues)
    }
}

extension Rollout {
    /// The rollout as JSON; its seed always spelt out.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "variant": .string(self.variant), "percentage": self.percentage.json, "by": .string(self.by),
            "seed": .string(self.seed),
        ]
        if let withoutKey = self.withoutKey { members["withoutKey"] = .string(withoutKey) }
        return .object(members)
    }

    init?(reading parent: inout DocumentReader, key: FlagKey) {
        guard let members = parent.object("rollout") else { return nil }
        var reader = DocumentReader(.object(members), at: parent.path(of: "rollout"))
        let variant = reader.require("variant", reader.variantName("variant"), "the name of a variant")
        let number = reader.require("percentage", reader.number("percentage"), "a number from 0 to 100")
        let percentage = number.flatMap(Percentage.init(percent:))
        if let number, percentage == nil {
            reader.fail(
                "percentage",
                "\(JSONValue.normalized(number).canonical) is not a percentage: 0 to 100, in steps of 0.001")
        }
        let by = reader.string("by") ?? "targetingKey"
        let seed = reader.string("seed") ?? key.text
        let withoutKey = reader.variantName("withoutKey")
        reader.finish()
        parent.add(reader.issues)
        guard let variant, let percentage else { return nil }
        self.init(variant: variant, percentage: percentage, by: by, seed: seed, withoutKey: withoutKey)
    }
}

extension StalePolicy {
    init(reading parent: inout DocumentReader) {
        self = .serveLastKnown
        guard let members = parent.object("onStale") else { return }
        var reader = DocumentReader(.object(members), at: parent.path(of: "onStale"))
        let serve = reader.require("serve", reader.string("serve"), "last-known or safe")
        let after = reader.durationSeconds("after")
        switch (serve, after) {
        case (nil, _), ("last-known"?, nil): break
        case ("safe"?, let after?): self = .serveSafe(afterSeconds: after)
        case ("safe"?, nil):
            _ = reader.require("after", after, "how long to wait for the control plane before that, as in 10m")
        case ("last-known"?, _?): reader.fail("after", "goes with serve: safe only")
        case (let other?, _): reader.fail("serve", "expected last-known or safe, found \"\(other.shortened())\"")
        }
        reader.finish()
        parent.add(reader.issues)
    }
}
