import FlagModel
import Testing

@Suite("Applying changes")
struct FlagChangeTests {
    private static let content = EnvironmentContent(flags: ["TOGGLE": Sample.toggle(), "TTL": Sample.seconds()])

    private func apply(_ changes: FlagChange...) throws -> EnvironmentContent { try Self.content.applying(changes) }

    private func refusal(_ changes: FlagChange...) throws -> InvalidChange {
        try #require(throws: InvalidChange.self) { try Self.content.applying(changes) }
    }

    @Test("No changes change nothing")
    func none() throws {
        #expect(try self.apply() == Self.content)
    }

    @Test("put adds a flag, or replaces its whole definition")
    func put() throws {
        let definition = Sample.toggle { $0.owner = "new" }
        #expect(try self.apply(.put("NEW", definition)).flags["NEW"] == definition)
        #expect(try self.apply(.put("TTL", definition)).flags["TTL"] == definition)
    }

    @Test("put of a definition that does not hold together is refused, and one that does takes its normal form")
    func putChecks() throws {
        let broken = Sample.toggle { $0.defaultVariant = "gone" }
        #expect(try self.refusal(.put("NEW", broken)).issues.map(\.path) == ["NEW.defaultVariant"])
        let content = try self.apply(.put("TTL", Sample.seconds { $0.variants = ["default": .number(45)] }))
        guard case .integer(45)? = content.flags["TTL"]?.variants["default"] else {
            Testing.Issue.record("an integer flag holds \(String(describing: content.flags["TTL"]?.variants))")
            return
        }
    }

    @Test("remove removes")
    func remove() throws {
        #expect(try self.apply(.remove("TTL")).flags.keys.map(\.text) == ["TOGGLE"])
    }

    @Test("disable switches off, enable switches on and lifts a kill")
    func enableDisable() throws {
        #expect(try self.apply(.disable("TOGGLE")).flags["TOGGLE"]?.state == .disabled)
        let back = try self.apply(.disable("TOGGLE"), .kill("TOGGLE"), .enable("TOGGLE"))
        #expect(back == Self.content)
    }

    @Test("kill takes the flag to its safe variant and keeps everything else for later")
    func kill() throws {
        let killed = try self.apply(.serve("TOGGLE", variant: "on"), .kill("TOGGLE"))
        let flag = try #require(killed.flags["TOGGLE"])
        #expect(flag.isKilled)
        #expect(flag.defaultVariant == "on")
        #expect(CompiledFlag(key: "TOGGLE", definition: flag).evaluate(EvaluationContext()).value == false)
    }

    @Test("serve makes a variant the default one")
    func serve() throws {
        #expect(try self.apply(.serve("TOGGLE", variant: "on")).flags["TOGGLE"]?.defaultVariant == "on")
        let refusal = try self.refusal(.serve("TOGGLE", variant: "of"))
        #expect(refusal.kind == .invalid)
        #expect(refusal.issues.map(\.path) == ["TOGGLE.defaultVariant"])
    }

    @Test("set sets the value of the default variant")
    func set() throws {
        #expect(try self.apply(.set("TTL", value: 60)).flags["TTL"]?.variants == ["default": 60])
        #expect(try self.apply(.set("TTL", value: .number(60))).flags["TTL"]?.variants == ["default": 60])
    }

    @Test(
        "set of a wrong type or out of bounds is refused with the place",
        arguments: [
            ("60", "expected an integer, found a string"), (0, "minimum of 1"), (3601, "maximum of 3600"),
            (1.5, "expected an integer"),
        ]
            as [(JSONValue, String)])
    func setRefused(value: JSONValue, words: String) throws {
        let refusal = try self.refusal(.set("TTL", value: value))
        #expect(refusal.kind == .invalid)
        #expect(refusal.issues.map(\.path) == ["TTL.variants.default"])
        #expect(refusal.description.contains(words))
    }

    @Test("set on a flag without a default variant is refused")
    func setWithoutDefault() throws {
        let content = EnvironmentContent(flags: ["X": Sample.toggle { $0.defaultVariant = nil }])
        let refusal = try #require(throws: InvalidChange.self) { try content.applying([.set("X", value: true)]) }
        #expect(refusal.description.contains("no default variant"))
    }

    @Test("rollout finds the variant that is meant, takes the key as seed, and keeps both from then on")
    func rollout() throws {
        let first = try self.apply(.rollout("TOGGLE", percentage: Sample.share(10), variant: nil))
        #expect(
            first.flags["TOGGLE"]?.rollout == Rollout(variant: "on", percentage: Sample.share(10), seed: "TOGGLE"))
        var seeded = first
        seeded.flags["TOGGLE"]?.rollout?.seed = "older"
        seeded.flags["TOGGLE"]?.rollout?.by = "email"
        let second = try seeded.applying([.rollout("TOGGLE", percentage: .full, variant: nil)])
        #expect(
            second.flags["TOGGLE"]?.rollout == Rollout(variant: "on", percentage: .full, by: "email", seed: "older"))
        let other = try seeded.applying([.rollout("TOGGLE", percentage: .full, variant: "off")])
        #expect(other.flags["TOGGLE"]?.rollout?.variant == "off")
    }

    @Test("rollout asks which variant when it could be more than one, or none")
    func ambiguousRollout() throws {
        let content = EnvironmentContent(flags: [
            "X": FlagDefinition(type: .string, variants: ["a": "1", "b": "2", "c": "3"], defaultVariant: "a"),
            "Y": FlagDefinition(type: .string, variants: ["a": "1"], defaultVariant: "a"),
        ])
        for key in ["X", "Y"] as [FlagKey] {
            let refusal = try #require(throws: InvalidChange.self) {
                try content.applying([.rollout(key, percentage: .full, variant: nil)])
            }
            #expect(refusal.description.contains("say which variant to roll out: a"))
        }
    }

    @Test("rollout of a variant that does not exist is refused with the place")
    func unknownRolloutVariant() throws {
        let refusal = try self.refusal(.rollout("TOGGLE", percentage: .full, variant: "onn"))
        #expect(refusal.issues.map(\.path) == ["TOGGLE.rollout.variant"])
    }

    @Test(
        "An unknown flag is refused, with the nearest name and the step",
        arguments: [
            .remove("TOGLE"), .enable("TOGLE"), .disable("TOGLE"), .serve("TOGLE", variant: "on"),
            .set("TOGLE", value: true),
            .rollout("TOGLE", percentage: .full, variant: nil), .kill("TOGLE"),
        ] as [FlagChange])
    func unknownFlag(change: FlagChange) throws {
        let refusal = try self.refusal(.enable("TTL"), change)
        #expect(refusal.kind == .unknownFlag)
        #expect(refusal.position == 1)
        #expect(refusal.description == "TOGLE: there is no such flag; did you mean TOGGLE?")
    }

    @Test("Tickets are revoked forwards only")
    func revokeTickets() throws {
        let early = Timestamp(millisecondsSinceEpoch: 1000)
        let late = Timestamp(millisecondsSinceEpoch: 2000)
        #expect(try self.apply(.revokeTickets(before: early)).ticketsNotBefore == early)
        #expect(try self.apply(.revokeTickets(before: early), .revokeTickets(before: late)).ticketsNotBefore == late)
        #expect(try self.apply(.revokeTickets(before: late), .revokeTickets(before: early)).ticketsNotBefore == late)
    }

    @Test("Changes are applied in their order, and none if one fails")
    func order() throws {
        let content = try self.apply(
            .put("NEW", Sample.toggle()), .serve("NEW", variant: "on"), .remove("TOGGLE"),
            .put("TOGGLE", Sample.toggle()))
        #expect(content.flags["NEW"]?.defaultVariant == "on")
        #expect(try self.refusal(.serve("TOGGLE", variant: "on"), .remove("TTL"), .enable("TTL")).position == 2)
    }

    @Test("Whatever changes are applied, the result is valid and reads back")
    func alwaysValid() throws {
        var random = SplitMix64(1234)
        var content = EnvironmentContent()
        for _ in 0..<1500 {
            let change = random.change()
            guard let next = try? content.applying([change]) else { continue }
            content = next
            #expect(try EnvironmentContent(json: try JSONParser.parse(content.json.canonical)) == content)
        }
        #expect(!content.flags.isEmpty)
    }
}
