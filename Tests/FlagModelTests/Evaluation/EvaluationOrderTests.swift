import FlagModel
import Testing

@Suite("The order of evaluation")
struct EvaluationOrderTests {
    /// One way in which a flag and a context can be set up.
    struct Setting: Sendable, CustomTestStringConvertible {
        var state: FlagState
        var isKilled: Bool
        var targeting: Targeting
        var percent: Double?
        var key: String?
        var defaultVariant: String?
        var safeVariant: String?
        var withoutKey: String?

        enum Targeting: CaseIterable, Sendable { case none, matches, matchesNothing, namesUnknown, doesNotCompile }

        var testDescription: String {
            "\(self.state) killed=\(self.isKilled) targeting=\(self.targeting) rollout=\(self.percent ?? -1) "
                + "key=\(self.key ?? "none") default=\(self.defaultVariant ?? "null")"
        }

        static let all: [Setting] = {
            var all: [Setting] = []
            for state in FlagState.allCases {
                for isKilled in [false, true] {
                    for targeting in Targeting.allCases {
                        for percent in [nil, 0, 50, 100] as [Double?] {
                            // Under this seed, in is in at 50 % and out is not.
                            for key in [nil, "in", "out"] as [String?] {
                                for defaultVariant in ["off", nil] {
                                    for safeVariant in ["safe", nil] {
                                        for withoutKey in ["anonymous", nil] {
                                            all.append(
                                                Setting(
                                                    state: state, isKilled: isKilled, targeting: targeting,
                                                    percent: percent, key: key, defaultVariant: defaultVariant,
                                                    safeVariant: safeVariant, withoutKey: withoutKey))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            return all
        }()

        var definition: FlagDefinition {
            var definition = FlagDefinition(
                type: .string, state: self.state, isKilled: self.isKilled,
                variants: [
                    "on": "v-on", "off": "v-off", "safe": "v-safe", "target": "v-target", "anonymous": "v-anonymous",
                ],
                defaultVariant: self.defaultVariant, safeVariant: self.safeVariant)
            switch self.targeting {
            case .none: break
            case .matches: definition.targeting = ["if": [true, "target"]]
            case .matchesNothing: definition.targeting = ["if": [["==": [["var": "plan"], "gold"]], "target", nil]]
            case .namesUnknown: definition.targeting = ["cat": ["no", "where"]]
            case .doesNotCompile: definition.targeting = ["nonsense": []]
            }
            if let percent = self.percent {
                definition.rollout = Rollout(
                    variant: "on", percentage: Sample.share(percent), seed: "ordering-", withoutKey: self.withoutKey)
            }
            return definition
        }

        /// What section 3 of the design says, word by word.
        var expected: Evaluation {
            func serve(_ variant: String?, _ reason: EvaluationReason) -> Evaluation {
                Evaluation(value: variant.map { .string("v-\($0)") }, variant: variant, reason: reason)
            }
            if self.state == .disabled { return serve(nil, .disabled) }
            if self.isKilled {
                let safe = self.safeVariant ?? self.defaultVariant
                return serve(safe, safe == nil ? .default : .static)
            }
            switch self.targeting {
            case .matches: return serve("target", .targetingMatch)
            case .namesUnknown: return Evaluation(failure: .general, "")
            case .doesNotCompile: return Evaluation(failure: .parseError, "")
            case .none, .matchesNothing: break
            }
            switch self.percent {
            case nil:
                return serve(
                    self.defaultVariant, self.targeting == .none && self.defaultVariant != nil ? .static : .default)
            case 0: return serve(self.defaultVariant, .default)
            case 100: return serve("on", .default)
            default:
                guard let key = self.key else { return serve(self.withoutKey ?? self.defaultVariant, .default) }
                return serve(key == "in" ? "on" : self.defaultVariant, .split)
            }
        }
    }

    @Test("The two keys of these tests fall on the sides that they are named after")
    func keys() {
        #expect(Bucket(seed: "ordering-", key: "in").isIn(Sample.share(50)))
        #expect(!Bucket(seed: "ordering-", key: "out").isIn(Sample.share(50)))
    }

    @Test("State, kill, targeting, rollout, default: every combination answers as the design says")
    func everyCombination() {
        for setting in Setting.all {
            var answer = CompiledFlag(key: "F", definition: setting.definition)
                .evaluate(EvaluationContext(targetingKey: setting.key))
            #expect((answer.errorDetails == nil) == (answer.reason != .error))
            if answer.reason == .error { answer.errorDetails = "" }
            #expect(answer == setting.expected, "\(setting.testDescription)")
        }
    }

    @Test("A flag's answer is constant exactly when it is the same for every context")
    func constant() throws {
        for setting in Setting.all {
            let flag = CompiledFlag(key: "F", definition: setting.definition)
            guard let constant = flag.constant else { continue }
            for key in [nil, "in", "out"] as [String?] {
                #expect(flag.evaluate(EvaluationContext(targetingKey: key, attributes: ["plan": "gold"])) == constant)
            }
            #expect(flag.alwaysServes == constant.value)
        }
    }

    @Test("An unknown variant's error names the flag and the variant, shortened")
    func unknownVariant() {
        let flag = CompiledFlag(key: "F", definition: Sample.toggle { $0.targeting = ["var": "x"] })
        let answer = flag.evaluate(
            EvaluationContext(attributes: ["x": .string(String(repeating: "y", count: 100_000))]))
        #expect(answer.errorCode == .general)
        #expect(answer.errorDetails?.contains("targeting of F named the variant \"yyy") == true)
        #expect((answer.errorDetails ?? "").utf8.count < 300)
    }

    @Test("A boolean result names the variant true or false, a number the variant spelt like it")
    func resultsThatAreNoStrings() {
        let flag = CompiledFlag(
            key: "F",
            definition: FlagDefinition(
                type: .string, variants: ["true": "yes", "false": "no", "1": "one"], defaultVariant: nil,
                targeting: ["var": "x"]))
        func value(_ x: JSONValue) -> JSONValue? { flag.evaluate(EvaluationContext(attributes: ["x": x])).value }
        #expect(value(true) == "yes")
        #expect(value(false) == "no")
        #expect(value(1) == "one")
        #expect(value(.number(1)) == "one")
        #expect(value(nil) == nil)
    }

    @Test("A rollout may hash another attribute: text or a number, spelt as JSON spells it")
    func otherAttribute() {
        let flag = CompiledFlag(
            key: "F",
            definition: Sample.toggle {
                $0.rollout = Rollout(variant: "on", percentage: Sample.share(50), by: "account", seed: "s")
            })
        func bucket(_ account: JSONValue) -> Bucket? {
            flag.bucket(EvaluationContext(attributes: ["account": account]))
        }
        #expect(bucket("42") == Bucket(seed: "s", key: "42"))
        #expect(bucket(42) == Bucket(seed: "s", key: "42"))
        #expect(bucket(.number(42)) == Bucket(seed: "s", key: "42"))
        #expect(bucket(0.5) == Bucket(seed: "s", key: "0.5"))
        for account in [nil, true, [], [:]] as [JSONValue] { #expect(bucket(account) == nil) }
        #expect(flag.evaluate(EvaluationContext(targetingKey: "u")).reason == .default)
    }

    @Test("The targeting key may come as an attribute")
    func keyAsAttribute() {
        let flag = CompiledFlag(
            key: "F",
            definition: Sample.toggle { $0.rollout = Rollout(variant: "on", percentage: Sample.share(50), seed: "s") })
        let attribute = EvaluationContext(attributes: ["targetingKey": "user"])
        #expect(flag.evaluate(attribute) == flag.evaluate(EvaluationContext(targetingKey: "user")))
    }

    @Test("An unknown flag is an answer too")
    func unknownFlag() {
        let snapshot = Snapshot(environment: "production", revision: 1, content: EnvironmentContent())
        let answer = snapshot.evaluate("NOPE", for: EvaluationContext())
        #expect(answer.reason == .error)
        #expect(answer.errorCode == .flagNotFound)
        #expect(answer.value == nil)
    }

    @Test("Whatever a definition says, valid or not, it compiles, evaluates and explains without trapping")
    func total() {
        var random = SplitMix64(404)
        for _ in 0..<500 {
            var definition = random.definition()
            if random.chance(50) { definition.targeting = random.json() }
            if random.chance(20) { definition.variants = random.members(depth: 1) }
            if random.chance(20) { definition.defaultVariant = random.text() }
            let flag = CompiledFlag(key: "F", definition: definition)
            let context = EvaluationContext(
                targetingKey: random.chance(70) ? random.text() : nil, attributes: random.members(depth: 3))
            let answer = flag.evaluate(context, timestamp: 1)
            #expect((answer.errorCode != nil) == (answer.reason == .error))
            #expect(!flag.explain(context, timestamp: 1).isEmpty)
        }
    }
}
