import Testing

@testable import FlagModel

@Suite("A preview says how many of a sample get another answer, and which way")
struct ImpactStudyTests {
    private static let everyone = ImpactSample.synthetic(100_000)

    private func report(
        _ before: [FlagKey: FlagDefinition], _ after: [FlagKey: FlagDefinition], _ sample: ImpactSample = Self.everyone
    ) -> ImpactReport {
        ImpactStudy.report(from: self.snapshot(before), to: self.snapshot(after), sample: sample)
    }

    private func snapshot(_ flags: [FlagKey: FlagDefinition]) -> Snapshot {
        Snapshot(environment: "development", revision: 1, content: EnvironmentContent(flags: flags))
    }

    private func rollout(_ percent: Double) -> FlagDefinition {
        Sample.toggle { $0.rollout = Rollout(variant: "on", percentage: Sample.share(percent), seed: "X") }
    }

    @Test("From 10 % to 25 % exactly the users between the two change, from off to on")
    func rolloutGrows() throws {
        let report = self.report(["X": self.rollout(10)], ["X": self.rollout(25)])
        let between = (0..<100_000).count { number in
            let digits = String(number)
            let key = "user-" + String(repeating: "0", count: 5 - digits.count) + digits
            return (10_000..<25_000).contains(Bucket(seed: "X", key: key).position)
        }
        let flag = try #require(report.flags.first)
        #expect(flag.changed == Int64(between))
        #expect(
            flag.transitions == [
                ImpactReport.Transition(
                    from: "off", to: "on", fromValue: false, toValue: true, count: Int64(between),
                    share: Double(between) / 100_000)
            ])
        #expect(report.synthetic)
        #expect(report.sample == 100_000)
        #expect(flag.evaluated == 100_000)
    }

    @Test("A kill takes those who had the variant to the safe one, and nobody else")
    func kill() throws {
        var killed = self.rollout(25)
        killed.isKilled = true
        let flag = try #require(self.report(["X": self.rollout(25)], ["X": killed]).flags.first)
        #expect(flag.transitions.map(\.from) == ["on"])
        #expect(flag.transitions.map(\.to) == ["off"])
        #expect((24_500...25_500).contains(flag.changed))
    }

    @Test("A segment that is asked of the elements of an array is seen to change answers")
    func elementSegment() throws {
        func snapshot(_ limit: JSONValue) -> Snapshot {
            let cart = Sample.toggle {
                $0.targeting = ["if": [["some": [["var": "items"], ["$ref": "cheap"]]], "on", nil]]
            }
            return Snapshot(
                environment: "development", revision: 1,
                content: EnvironmentContent(
                    flags: ["CART": cart], segments: ["cheap": Segment(rule: ["<": [["var": "price"], limit]])]))
        }
        let report = ImpactStudy.report(from: snapshot(10), to: snapshot(20), sample: .synthetic(1000))
        let transitions = try #require(report.flags.first).transitions
        #expect(transitions.map(\.from) == ["off"] && transitions.map(\.to) == ["on"])
    }

    @Test("Disabling a flag takes everyone to the caller's default")
    func disable() throws {
        let disabled = Sample.toggle { $0.state = .disabled }
        let flag = try #require(self.report(["X": Sample.toggle()], ["X": disabled]).flags.first)
        #expect(flag.transitions.map(\.to) == [nil])
        #expect(flag.transitions.map(\.toValue) == [nil])
        #expect(flag.changed == 100_000)
    }

    @Test("A variant whose value is another counts as another answer")
    func revalued() throws {
        let slower = Sample.seconds { $0.variants["default"] = 45 }
        let flag = try #require(self.report(["TTL": Sample.seconds()], ["TTL": slower]).flags.first)
        #expect(flag.changed == 100_000)
        #expect(flag.transitions.map(\.fromValue) == [30])
        #expect(flag.transitions.map(\.toValue) == [45])
        #expect(flag.transitions.map(\.share) == [1])
    }

    @Test("Flags that did not change are not evaluated")
    func unchanged() {
        let report = self.report(
            ["A": self.rollout(1), "B": self.rollout(10)], ["A": self.rollout(1), "B": self.rollout(20)])
        #expect(report.flags.map(\.flag) == ["B"])
        #expect(self.report(["A": self.rollout(1)], ["A": self.rollout(1)]).flags.isEmpty)
    }

    @Test("A flag that changes only in what it is called for people changes nobody's answer")
    func description() {
        let renamed = Sample.toggle { $0.description = "Another text" }
        #expect(self.report(["X": Sample.toggle()], ["X": renamed]).flags.map(\.changed) == [0])
    }

    @Test("A new flag takes everyone from the caller's default, a removed one back to it")
    func addedAndRemoved() {
        let added = self.report([:], ["X": Sample.toggle()]).flags
        #expect(added.flatMap(\.transitions).map(\.from) == [nil])
        #expect(added.flatMap(\.transitions).map(\.to) == ["off"])
        let removed = self.report(["X": Sample.toggle()], [:]).flags
        #expect(removed.flatMap(\.transitions).map(\.to) == [nil])
    }

    private func users(of plan: String) -> JSONValue { ["==": [["var": "plan"], .string(plan)]] }

    @Test("A segment that changes concerns every flag that names it, directly or through another segment")
    func segment() throws {
        let rule: (String) -> JSONValue = { ["if": [["$ref": .string($0)], "on", nil]] }
        let flags: [FlagKey: FlagDefinition] = [
            "DIRECT": Sample.toggle { $0.targeting = rule("payers") },
            "INDIRECT": Sample.toggle { $0.targeting = rule("testers") },
            "OTHER": Sample.toggle { $0.targeting = rule("staff") },
        ]
        func snapshot(_ payers: JSONValue) -> Snapshot {
            let segments: [SegmentName: Segment] = [
                "payers": Segment(rule: payers), "testers": Segment(rule: ["$ref": "payers"]),
                "staff": Segment(rule: ["==": [["var": "staff"], true]]),
            ]
            return Snapshot(
                environment: "development", revision: 1, content: EnvironmentContent(flags: flags, segments: segments))
        }
        let report = ImpactStudy.report(
            from: snapshot(self.users(of: "pro")), to: snapshot(self.users(of: "team")), sample: Self.everyone)
        #expect(report.flags.map(\.flag) == ["DIRECT", "INDIRECT"])
        // Of pro, team and others, a third each, the first two change.
        for flag in report.flags {
            #expect(Set(flag.transitions.map(\.from)) == ["on", "off"])
            #expect(flag.transitions.allSatisfy { (0.32...0.35).contains($0.share) })
        }
    }

    @Test("A flag that changes concerns those that require it, and those that require these")
    func prerequisite() throws {
        func requires(_ flag: FlagKey) -> FlagDefinition {
            Sample.toggle { definition in
                definition.defaultVariant = "on"
                definition.prerequisites = [Prerequisite(flag: flag, variant: "on")]
            }
        }
        let rest: [FlagKey: FlagDefinition] = ["B": requires("A"), "C": requires("B"), "D": Sample.toggle()]
        let flags = self.report(
            rest.merging(["A": self.rollout(50)]) { $1 }, rest.merging(["A": self.rollout(0)]) { $1 }
        ).flags
        #expect(flags.map(\.flag) == ["A", "B", "C"])
        #expect(Set(flags.map(\.changed)).count == 1)
        #expect(flags.allSatisfy { $0.transitions.map(\.to) == ["off"] })
        #expect((49_000...51_000).contains(flags[0].changed))
    }

    @Test("The users have what the rules of required flags look at")
    func attributesOfPrerequisites() throws {
        let required = Sample.toggle { $0.targeting = ["if": [self.users(of: "pro"), "on", nil]] }
        let dependant = Sample.toggle { definition in
            definition.defaultVariant = "on"
            definition.prerequisites = [Prerequisite(flag: "A", variant: "on")]
        }
        var free = dependant
        free.prerequisites = []
        let flags = self.report(["A": required, "B": dependant], ["A": required, "B": free]).flags
        #expect(flags.map(\.flag) == ["B"])
        #expect((49_000...51_000).contains(flags[0].changed))
    }

    @Test("Given contexts are evaluated as they are, in any order")
    func given() throws {
        let rule: JSONValue = ["if": [["==": [["var": "plan"], "pro"]], "on", nil]]
        let after = Sample.toggle { $0.targeting = rule }
        let contexts = (0..<300).map { number in
            EvaluationContext(
                targetingKey: "user-\(number)", attributes: ["plan": number % 3 == 0 ? "pro" : "free"])
        }
        let report = self.report(["X": Sample.toggle()], ["X": after], .contexts(contexts))
        #expect(!report.synthetic)
        #expect(report.flags.map(\.changed) == [100])
        #expect(self.report(["X": Sample.toggle()], ["X": after], .contexts(contexts.reversed())) == report)
    }

    @Test("The work is bounded: with many flags the sample is smaller, and says so")
    func bounded() {
        let keys = (0..<50).map { FlagKey(unchecked: "FLAG_\($0)") }
        let before = Dictionary(uniqueKeysWithValues: keys.map { ($0, self.rollout(10)) })
        let after = Dictionary(uniqueKeysWithValues: keys.map { ($0, self.rollout(20)) })
        let report = self.report(before, after)
        #expect(report.requested == 100_000)
        #expect(report.sample == 10_000)
        #expect(report.flags.allSatisfy { $0.evaluated == 10_000 && (800...1200).contains($0.changed) })
        let contexts = (0..<20_000).map { EvaluationContext(targetingKey: "user-\($0)") }
        #expect(self.report(before, after, .contexts(contexts)).sample == 10_000)
    }

    @Test("A sample of more contexts than are taken is cut off, and one of none is empty")
    func sizes() {
        #expect(ImpactSample.synthetic(5_000_000).count == ImpactSample.maximumCount)
        #expect(ImpactSample.synthetic(-1).count == 0)
        let report = self.report(["X": self.rollout(10)], ["X": self.rollout(20)], .contexts([]))
        #expect(report.sample == 0)
        #expect(report.flags.map(\.changed) == [0])
    }

    @Test("A study may stop early, and reports on what it has seen")
    func steps() {
        var study = ImpactStudy(
            from: self.snapshot(["X": self.rollout(0)]), to: self.snapshot(["X": self.rollout(100)]),
            sample: .synthetic(1000))
        study.advance(by: 300)
        #expect(!study.isDone)
        #expect(study.report.sample == 300)
        #expect(study.report.flags.map(\.changed) == [300])
        study.advance(by: 5000)
        #expect(study.isDone)
        #expect(study.report.flags.map(\.changed) == [1000])
    }
}
