import FlagModel
import Testing

@Suite("Invariants")
struct InvariantTests {
    private func isKept(_ rule: JSONValue, by flags: [FlagKey: FlagDefinition], isProtected: Bool = false) throws
        -> Bool
    {
        let invariant = try Invariant(name: "i", json: ["message": "m", "rule": rule], at: "")
        return EnvironmentSettings(isProtected: isProtected, invariants: [invariant])
            .violations(by: EnvironmentContent(flags: flags)).isEmpty
    }

    /// What an invariant sees at `path` of flag `F`.
    private func fact(_ path: String, of definition: FlagDefinition, is expected: JSONValue) throws -> Bool {
        // Compared as text, as JSONLogic compares no arrays.
        try self.isKept(
            ["==": [["cat": [["var": .string("flags.F.\(path)")]]], ["cat": [expected]]]], by: ["F": definition])
    }

    @Test("always is what everyone gets, and null when that depends on who asks")
    func always() throws {
        #expect(try self.fact("always", of: Sample.toggle(), is: false))
        #expect(try self.fact("always", of: Sample.seconds(), is: 30))
        let share = { (percent: Double) in
            Sample.toggle { $0.rollout = Rollout(variant: "on", percentage: Sample.share(percent), seed: "F") }
        }
        #expect(try self.fact("always", of: share(0), is: false))
        #expect(try self.fact("always", of: share(50), is: nil))
        #expect(try self.fact("always", of: share(99.999), is: nil))
        #expect(try self.fact("always", of: share(100), is: true))
        #expect(try self.fact("always", of: Sample.toggle { $0.targeting = ["var": "x"] }, is: nil))
        #expect(try self.fact("always", of: Sample.toggle { $0.state = .disabled }, is: nil))
        #expect(try self.fact("always", of: Sample.toggle { $0.defaultVariant = nil }, is: nil))
        let killed = Sample.toggle {
            $0.defaultVariant = "on"
            $0.isKilled = true
        }
        #expect(try self.fact("always", of: killed, is: false))
    }

    @Test("values are all that someone may get")
    func values() throws {
        func values(_ expected: [JSONValue], _ edit: (inout FlagDefinition) -> Void) throws -> Bool {
            try self.fact("values", of: Sample.toggle(edit), is: .array(expected))
        }
        #expect(try values([false]) { _ in })
        #expect(
            try values([false, true]) { $0.rollout = Rollout(variant: "on", percentage: Sample.share(1), seed: "F") })
        #expect(try values([false]) { $0.rollout = Rollout(variant: "on", percentage: .zero, seed: "F") })
        #expect(try values([true]) { $0.rollout = Rollout(variant: "on", percentage: .full, seed: "F") })
        #expect(try values([false, true]) { $0.targeting = ["var": "x"] })
        #expect(
            try values([false]) {
                $0.defaultVariant = "on"
                $0.isKilled = true
            })
    }

    @Test("A disabled flag's safe variant is what a runtime may serve, so values has it")
    func disabled() throws {
        let definition = Sample.toggle {
            $0.state = .disabled
            $0.safeVariant = "on"
        }
        #expect(try self.fact("values", of: definition, is: [true]))
    }

    @Test("A stale instance may serve the safe variant, so values has it and always does not vouch for another")
    func stale() throws {
        let definition = Sample.toggle {
            $0.defaultVariant = "on"
            $0.onStale = .serveSafe(afterSeconds: 60)
        }
        #expect(try self.fact("values", of: definition, is: [false, true]))
        #expect(try self.fact("always", of: definition, is: nil))
        let same = Sample.toggle { $0.onStale = .serveSafe(afterSeconds: 60) }
        #expect(try self.fact("always", of: same, is: false))
    }

    @Test("percentage, state, killed, default and variants are told")
    func others() throws {
        let definition = Sample.toggle {
            $0.rollout = Rollout(variant: "on", percentage: Sample.share(12.5), seed: "F")
            $0.isKilled = true
        }
        #expect(try self.fact("percentage", of: definition, is: 12.5))
        #expect(try self.fact("state", of: definition, is: "ENABLED"))
        #expect(try self.fact("killed", of: definition, is: true))
        #expect(try self.fact("default", of: definition, is: false))
        #expect(try self.fact("variants.on", of: definition, is: true))
        #expect(try self.fact("percentage", of: Sample.toggle(), is: nil))
    }

    @Test("A flag that does not exist reads as null")
    func absent() throws {
        #expect(try self.isKept(["==": [["var": "flags.NONE"], nil]], by: [:]))
        #expect(try self.isKept(["==": [["var": "flags.NONE.always"], nil]], by: [:]))
    }

    @Test("protected is the environment's")
    func protected() throws {
        #expect(try self.isKept(["var": "protected"], by: [:], isProtected: true))
        #expect(try !self.isKept(["var": "protected"], by: [:], isProtected: false))
    }

    @Test("A flag whose key has dots is seen under its key, also beside one that its key begins with")
    func dottedKeys() throws {
        let flags: [FlagKey: FlagDefinition] = [
            "auth": Sample.toggle(), "auth.cookie.on": Sample.toggle { $0.defaultVariant = "on" },
        ]
        #expect(try self.isKept(["==": [["var": "flags.auth.cookie.on.always"], true]], by: flags))
        #expect(try self.isKept(["==": [["var": "flags.auth.always"], false]], by: flags))
    }

    @Test("A violation names the invariant, what it protects and the flags that it reads")
    func violation() throws {
        let rule: JSONValue = [
            "or": [
                ["var": "flags.A.always"], ["var": ["flags.b.c.values", []]], ["var": "flags.NONE.always"],
                ["var": "protected"],
            ]
        ]
        let invariant = try Invariant(name: "one-of", json: ["message": "keep one", "rule": rule], at: "")
        #expect(invariant.flagKeys == ["A", "NONE", "b.c"])
        let settings = EnvironmentSettings(invariants: [invariant])
        let off = EnvironmentContent(flags: ["A": Sample.toggle(), "b.c": Sample.toggle { $0.defaultVariant = nil }])
        #expect(
            settings.violations(by: off)
                == [InvariantViolation(invariant: "one-of", message: "keep one", flags: ["A", "b.c"])])
        #expect(
            settings.violations(by: EnvironmentContent(flags: ["A": Sample.toggle { $0.defaultVariant = "on" }]))
                .isEmpty)
    }

    @Test("An invariant that takes more than its budget counts as broken")
    func exhausted() throws {
        let rule: JSONValue = ["or": [["map": [["var": "flags.F.always.list"], ["cat": [["var": ""]]]]], true]]
        let list = JSONValue.array((0..<200_000).map { .integer($0) })
        let flag = FlagDefinition(type: .object, variants: ["v": ["list": list]], defaultVariant: "v")
        #expect(try !self.isKept(rule, by: ["F": flag]))
    }

    @Test(
        "Faults of an invariant are told with their place",
        arguments: [
            (["rule": true], "i.message"), (["message": "m"], "i.rule"),
            (["message": "m", "rule": ["nope": 1]], "i.rule"),
            (["message": 1, "rule": true], "i.message"), (["message": "m", "rule": true, "rul": 1], "i.rul"),
            ("x", "i"),
        ] as [(JSONValue, String)])
    func faults(json: JSONValue, path: String) throws {
        let error = try #require(throws: InvalidDocument.self) { try Invariant(name: "i", json: json, at: "i") }
        #expect(error.issues.map(\.path) == [path])
    }
}
