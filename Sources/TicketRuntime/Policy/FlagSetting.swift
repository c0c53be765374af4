import FlagModel

/// One flag of the policy, parsed: it always has a value of the right type, and never fails.
///
/// A flag that is missing, disabled, of another type, or that fails to evaluate has its *safe* value: the one that it
/// declares (`safeVariant`), else the built-in one, which closes rather than opens.
struct FlagSetting<Value: FlagSettingValue>: Sendable {
    /// What applies when the flag does not decide.
    let safe: Value
    /// The value that everyone gets; nil when it depends on the user.
    let constant: Value?

    private let values: [String: Value]
    private let flag: CompiledFlag?
    private let constantReason: EvaluationReason

    /// The built-in value, for everyone.
    init(builtIn: Value) {
        self.safe = builtIn
        self.constant = builtIn
        self.values = [:]
        self.flag = nil
        self.constantReason = .default
    }

    /// Reads the flag `key`, and adds to `problems` what keeps it from deciding.
    ///
    /// - Parameters:
    ///   - stale: The flags that do not trust the snapshot any more; everyone gets what a kill would serve.
    ///   - honoursDeclaredSafe: False for a setting whose safe value nobody may declare otherwise.
    init(
        _ key: FlagKey, in snapshot: Snapshot, stale: Set<FlagKey>, builtIn: Value, honoursDeclaredSafe: Bool = true,
        problems: inout [TicketPolicyProblem]
    ) {
        let definition = snapshot[key]?.definition
        let declared = honoursDeclaredSafe ? definition.flatMap(Self.declaredSafe) : nil
        let safe = declared ?? builtIn
        func report(_ message: String) { problems.append(.init(flag: key, message: message)) }

        self.safe = safe
        guard let flag = snapshot[key], flag.definition.type == Value.flagType else {
            let fault =
                definition.map { "is of type \($0.type.rawValue), not \(Value.flagType.rawValue)" } ?? "is missing"
            report("\(fault); \(safe.shown) applies to everyone")
            self.constant = safe
            self.constantReason = .error
            self.values = [:]
            self.flag = nil
            return
        }
        var values: [String: Value] = [:]
        for (name, value) in flag.definition.variants.sorted(by: { $0.key < $1.key }) {
            values[name] = Value(flagValue: value)
            if values[name] == nil {
                report("variant \"\(name)\" is not \(Value.expectation); \(safe.shown) applies in its place")
            }
        }
        if flag.definition.state == .disabled { report("is disabled; \(safe.shown) applies to everyone") }
        if let details = flag.constant?.errorDetails {
            report("cannot be evaluated (\(details)); \(safe.shown) applies to everyone")
        }
        self.values = values
        self.flag = flag
        guard stale.contains(key), flag.definition.state == .enabled else {
            self.constant = flag.constant.map { $0.variant.flatMap { values[$0] } ?? safe }
            self.constantReason = flag.constant?.reason ?? .default
            return
        }
        let served = honoursDeclaredSafe ? flag.definition.effectiveSafeVariant.flatMap { values[$0] } : nil
        report("is stale, as the control plane is not heard; \((served ?? safe).shown) applies to everyone")
        self.constant = served ?? safe
        self.constantReason = .stale
    }

    private static func declaredSafe(_ definition: FlagDefinition) -> Value? {
        definition.safeVariant.flatMap { definition.variants[$0] }.flatMap(Value.init(flagValue:))
    }

    /// The value for a user.
    func value(for context: EvaluationContext, at moment: Timestamp? = nil) -> Value {
        self.resolve(for: context, at: moment).value
    }

    /// The value for a user, and why.
    ///
    /// - Parameter moment: What rules that ask for the time are told; nil: nothing.
    func resolve(
        for context: EvaluationContext, at moment: Timestamp? = nil
    ) -> (value: Value, reason: EvaluationReason) {
        if let constant = self.constant { return (constant, self.constantReason) }
        guard let evaluation = self.flag?.evaluate(context, timestamp: moment?.wholeSecondsSinceEpoch) else {
            return (self.safe, .error)
        }
        guard let value = evaluation.variant.flatMap({ self.values[$0] }) else { return (self.safe, evaluation.reason) }
        return (value, evaluation.reason)
    }

    /// Whether some user may get `value`. Cautious: a rule is taken to reach every variant.
    func mayServe(_ value: Value) -> Bool {
        if let constant = self.constant { return constant == value }
        guard let definition = self.flag?.definition else { return self.safe == value }
        if definition.targeting != nil { return self.values.values.contains(value) }
        // While a flag that it requires answers something else, it serves its safe variant.
        let unmet = definition.prerequisites.isEmpty ? nil : definition.effectiveSafeVariant
        return [unmet, definition.defaultVariant, definition.rollout?.variant, definition.rollout?.withoutKey]
            .contains { $0.flatMap { self.values[$0] } == value }
    }
}
