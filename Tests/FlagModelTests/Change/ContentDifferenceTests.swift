import FlagModel
import Testing

@Suite("The difference between two contents")
struct ContentDifferenceTests {
    @Test("It is empty exactly when the contents are equal, which is when their digests are")
    func emptyWhenEqual() {
        var random = SplitMix64(6)
        let contents = (0..<40).map { _ in random.content() }
        for before in contents {
            for after in contents {
                let difference = ContentDifference(from: before, to: after)
                #expect(difference.isEmpty == (before == after))
                #expect(
                    difference.isEmpty
                        == (Snapshot.digest(of: before, in: "e") == Snapshot.digest(of: after, in: "e")))
            }
        }
    }

    @Test("Read the other way round it says the opposite")
    func symmetrical() {
        var random = SplitMix64(7)
        for _ in 0..<100 {
            let before = random.content()
            let after = random.content()
            let forth = ContentDifference(from: before, to: after).entries
            let back = ContentDifference(from: after, to: before).entries
            #expect(forth.map(\.key) == back.map(\.key))
            for (one, other) in zip(forth, back) {
                let opposite: [ContentDifference.Kind: ContentDifference.Kind] = [
                    .added: .removed, .removed: .added, .changed: .changed,
                ]
                #expect(opposite[one.kind] == other.kind)
                #expect(one.members.map(\.path) == other.members.map(\.path))
                #expect(one.members.map(\.before) == other.members.map(\.after))
                #expect(one.members.map(\.after) == other.members.map(\.before))
            }
        }
    }

    @Test("Every entry has a member that differs, and every member differs")
    func substantial() {
        var random = SplitMix64(8)
        for _ in 0..<100 {
            for entry in ContentDifference(from: random.content(), to: random.content()).entries {
                #expect(!entry.members.isEmpty)
                #expect(entry.members.allSatisfy { $0.before != $0.after })
            }
        }
    }

    @Test("A change is told member by member, a rule as a whole")
    func members() {
        let before = EnvironmentContent(flags: [
            "F": Sample.toggle { $0.targeting = ["if": [["var": "a"], "on", nil]] }
        ])
        let after = EnvironmentContent(flags: [
            "F": Sample.toggle {
                $0.targeting = ["if": [["var": "b"], "on", nil]]
                $0.variants["maybe"] = true
                $0.rollout = Rollout(variant: "on", percentage: Sample.share(25), seed: "F")
            }
        ])
        let entry = ContentDifference(from: before, to: after).entries.first
        #expect(entry?.kind == .changed)
        #expect(
            entry?.members.map(\.path) == [
                "rollout.by", "rollout.percentage", "rollout.seed", "rollout.variant", "targeting", "variants.maybe",
            ])
        #expect(entry?.members[4].before == ["if": [["var": "a"], "on", nil]])
        let later = EnvironmentContent(flags: [
            "F": after.flags["F"].map { flag in
                var flag = flag
                flag.rollout?.percentage = Sample.share(50)
                return flag
            } ?? Sample.toggle()
        ])
        let step = ContentDifference(from: after, to: later).entries.first?.members
        #expect(step?.map(\.path) == ["rollout.percentage"])
        #expect(step?.first?.before == 25)
        #expect(step?.first?.after == 50)
    }

    @Test("An empty object that comes or goes is a member that differs")
    func emptyObject() {
        let before = FlagDefinition(type: .object, variants: ["a": ["x": 1]], defaultVariant: "a")
        var after = before
        after.variants["b"] = [:]
        let members = ContentDifference(
            from: EnvironmentContent(flags: ["F": before]), to: EnvironmentContent(flags: ["F": after])
        ).entries.first?.members
        #expect(members == [ContentDifference.Member(path: "variants.b", before: nil, after: [:])])
    }

    @Test("Flags that came and went, in the order of their keys, then the tickets' moment")
    func kinds() {
        let before = EnvironmentContent(flags: ["A": Sample.toggle(), "B": Sample.toggle()])
        let after = EnvironmentContent(
            flags: ["B": Sample.toggle { $0.owner = "x" }, "C": Sample.toggle()],
            ticketsNotBefore: Timestamp(millisecondsSinceEpoch: 0), ticketsNotBeforeRevision: 7)
        let difference = ContentDifference(from: before, to: after)
        #expect(difference.entries.map(\.key) == ["A", "B", "C", "ticketsNotBefore", "ticketsNotBeforeRevision"])
        #expect(difference.entries.map(\.kind) == [.removed, .changed, .added, .changed, .changed])
        #expect(difference.entries[3].members.first?.after == "1970-01-01T00:00:00.000Z")
        #expect(difference.entries[4].members.first?.after == 7)
    }

    @Test("A flag named like the setting is not mixed up with it by its kind")
    func nameClash() {
        let difference = ContentDifference(
            from: EnvironmentContent(), to: EnvironmentContent(flags: ["ticketsNotBefore": Sample.toggle()]))
        #expect(difference.entries.map(\.kind) == [.added])
    }
}
