/// A condition over an environment's flags that every revision keeps: the interlocking of the signal box.
///
/// The rule is JSONLogic and reads `protected` and, for each flag, under `flags.KEY`:
///
/// - `always`: the value that everyone gets, whoever they are; null when it depends on the context, or there is none;
/// - `values`: every value that someone may get;
/// - `percentage`: the rollout's, 0 to 100, or null;
/// - `state`, `killed`, `default` (the default variant's value) and `variants`.
///
/// A flag that does not exist reads as null. What an instance may serve that hears nothing (`onStale`), and what a runtime
/// may serve of a flag that is disabled, counts: an interlock holds in the night as well.
public struct Invariant: Sendable, Hashable {
    /// Its name within the environment.
    public let name: String
    /// What it protects, and what to do instead; shown when it is violated.
    public let message: String
    /// The JSONLogic rule; truthy is kept.
    public let rule: JSONValue

    private let expression: Expression

    /// Reads `{"message": …, "rule": …}`.
    ///
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(name: String, json: JSONValue, at path: String) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let message = reader.require("message", reader.string("message"), "what to tell the person who breaks it")
        let rule = reader.require("rule", reader.value("rule"), "a JSONLogic rule over the flags")
        reader.finish()
        guard reader.issues.isEmpty, let message, let rule else { throw InvalidDocument(reader.issues) }
        do {
            self.expression = try Expression(compiling: rule, at: reader.path(of: "rule"), segments: .forbidden)
        } catch {
            throw InvalidDocument([error])
        }
        self.name = name
        self.message = message
        self.rule = rule
    }

    /// The invariant as JSON, without its name.
    public var json: JSONValue { ["message": .string(self.message), "rule": self.rule] }

    /// Whether two invariants are the same text.
    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.message == right.message && left.rule == right.rule
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.name)
        hasher.combine(self.rule)
    }

    /// The keys of the flags that the rule reads.
    public var flagKeys: [FlagKey] {
        let keys = self.expression.variables.compactMap { path -> FlagKey? in
            guard path.count > 1, path[0] == "flags" else { return nil }
            // A key may have dots; it ends where the name of a fact stands.
            let end = path.dropFirst(2).firstIndex { FlagFact(rawValue: $0) != nil } ?? path.endIndex
            let text = path[1..<end].joined(separator: ".")
            return FlagKey.isValid(text) ? FlagKey(unchecked: text) : nil
        }
        return Set(keys).sorted()
    }
}

extension Invariant {
    /// Whether the rule holds over `facts`. One that takes more work than a rule may take does not: an interlock that was
    /// not checked protects nobody.
    func isKept(by facts: JSONValue) -> Bool {
        do throws(Budget.Exhausted) {
            return try self.expression.evaluate(in: .value(facts)).isTruthy
        } catch {
            return false
        }
    }
}
