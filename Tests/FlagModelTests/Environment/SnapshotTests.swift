import FlagModel
import Testing

@Suite("Snapshots")
struct SnapshotTests {
    private static let content = EnvironmentContent(
        flags: ["A": Sample.toggle(), "B": Sample.seconds()], ticketsNotBefore: Timestamp(millisecondsSinceEpoch: 1000))

    private static func digest(_ content: EnvironmentContent, in environment: EnvironmentName = "production") -> String
    {
        Snapshot.digest(of: content, in: environment)
    }

    @Test("The digest is that of the canonical text, which anyone can compute")
    func known() {
        let content = EnvironmentContent(flags: ["A": Sample.toggle()])
        // printf '%s' '{"environment":"production","flags":{"A":{"defaultVariant":"off","safeVariant":"off",
        // "type":"boolean","variants":{"off":false,"on":true}}}}' | sha256sum
        #expect(Self.digest(content) == "55b23fa0458e395a5c6c38464aea78d8de89b057e934f8216aac979c527e5e69")
    }

    @Test("Equal content has an equal digest, whatever the revision and the order in which it came about")
    func stable() {
        var other = EnvironmentContent(ticketsNotBefore: Timestamp(millisecondsSinceEpoch: 1000))
        other.flags["B"] = Sample.seconds()
        other.flags["A"] = Sample.toggle()
        #expect(Self.digest(other) == Self.digest(Self.content))
        let first = Snapshot(environment: "production", revision: 1, content: Self.content)
        let later = Snapshot(environment: "production", revision: 99, content: other)
        #expect(first.digest == later.digest)
    }

    @Test("Any change of the content or the environment changes the digest")
    func sensitive() {
        var random = SplitMix64(256)
        var digests: [String: EnvironmentContent] = [:]
        for _ in 0..<300 {
            let content = random.content()
            let digest = Self.digest(content)
            if let same = digests[digest] { #expect(same == content) }
            digests[digest] = content
        }
        #expect(Self.digest(Self.content, in: "staging") != Self.digest(Self.content))
    }

    @Test("Each single member that is edited changes the digest")
    func everyMember() {
        let base = Self.digest(EnvironmentContent(flags: ["A": Sample.toggle()]))
        let edits: [(inout FlagDefinition) -> Void] = [
            { $0.state = .disabled }, { $0.isKilled = true }, { $0.description = "x" }, { $0.owner = "x" },
            { $0.variants["third"] = true }, { $0.variants["on"] = false }, { $0.defaultVariant = "on" },
            { $0.defaultVariant = nil },
            { $0.safeVariant = "on" }, { $0.safeVariant = nil }, { $0.onStale = .serveSafe(afterSeconds: 1) },
            { $0.rollout = Rollout(variant: "on", percentage: .zero, seed: "A") },
            { $0.rollout = Rollout(variant: "on", percentage: Sample.share(0.001), seed: "A") },
            { $0.rollout = Rollout(variant: "on", percentage: .zero, by: "email", seed: "A") },
            { $0.rollout = Rollout(variant: "on", percentage: .zero, seed: "B") },
            { $0.rollout = Rollout(variant: "on", percentage: .zero, seed: "A", withoutKey: "on") },
            { $0.targeting = ["var": "x"] }, { $0.constraints = Constraints(maximumLength: 1) },
            { $0.metadata = ["a": 1] },
        ]
        var digests: Set<String> = [base]
        for edit in edits { digests.insert(Self.digest(EnvironmentContent(flags: ["A": Sample.toggle(edit)]))) }
        #expect(digests.count == edits.count + 1)
    }

    @Test("A snapshot reads back from its text, and verifies its digest")
    func roundTrip() throws {
        var random = SplitMix64(5)
        for _ in 0..<100 {
            let snapshot = Snapshot(environment: "production", revision: 42, content: random.content())
            let read = try Snapshot(json: try JSONParser.parse(snapshot.json.canonical))
            #expect(read.content == snapshot.content)
            #expect(read.revision == 42)
            #expect(read.environment == "production")
            #expect(read.digest == snapshot.digest)
            #expect(read.json == snapshot.json)
        }
    }

    @Test("A snapshot that was tampered with is refused by its digest")
    func tampered() throws {
        let json = Snapshot(environment: "production", revision: 42, content: Self.content).json
        var members = try #require(json.objectValue)
        members["ticketsNotBefore"] = nil
        let error = try #require(throws: InvalidDocument.self) { try Snapshot(json: .object(members)) }
        #expect(error.issues.map(\.path) == ["digest"])
        members = try #require(json.objectValue)
        members["environment"] = "staging"
        #expect(throws: InvalidDocument.self) { try Snapshot(json: .object(members)) }
        members = try #require(json.objectValue)
        members["flags"] = ["A": Sample.toggle { $0.defaultVariant = "on" }.json, "B": Sample.seconds().json]
        #expect(throws: InvalidDocument.self) { try Snapshot(json: .object(members)) }
    }

    @Test("What is missing, misspelt or of the wrong type is told with its place")
    func faults() throws {
        let error = try #require(throws: InvalidDocument.self) {
            try Snapshot(json: [
                "environment": 1, "revison": 2, "digest": "x", "flags": ["a b": [:], "OK": ["type": "boolean"]],
            ])
        }
        let paths = Set(error.issues.map(\.path))
        #expect(paths.isSuperset(of: ["environment", "revision", "revison", "flags.a b", "flags.OK.variants"]))
    }

    @Test("Flags come sorted by key")
    func order() {
        let snapshot = Snapshot(environment: "production", revision: 1, content: Self.content)
        #expect(snapshot.flags.map(\.key.text) == ["A", "B"])
        #expect(snapshot["A"]?.key == "A")
        #expect(snapshot["C"] == nil)
    }

    @Test("A snapshot of a thousand flags compiles in good time even in a debug build")
    func thousandFlags() {
        var flags: [FlagKey: FlagDefinition] = [:]
        for number in 0..<1000 { flags[FlagKey(unchecked: "FLAG_\(number)")] = Sample.toggle() }
        let elapsed = ContinuousClock().measure {
            _ = Snapshot(environment: "production", revision: 1, content: EnvironmentContent(flags: flags))
        }
        #expect(elapsed < .seconds(5))
    }
}
