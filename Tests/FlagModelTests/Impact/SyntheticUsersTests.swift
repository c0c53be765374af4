import Testing

@testable import FlagModel

@Suite("Synthetic users have the attributes that rules look at, evenly and always the same")
struct SyntheticUsersTests {
    private func users(_ rule: JSONValue, by: String? = nil) -> SyntheticUsers {
        let definition = Sample.toggle { definition in
            definition.targeting = rule
            if let by {
                definition.rollout = Rollout(variant: "on", percentage: Sample.share(50), by: by, seed: "s")
            }
        }
        return SyntheticUsers(reading: ["X"], of: [EnvironmentContent(flags: ["X": definition])])
    }

    /// How often each value of an attribute occurs among 10,000 users.
    private func counts(_ users: SyntheticUsers, _ name: String) -> [JSONValue?: Int] {
        (0..<10_000).reduce(into: [:]) { $0[users[$1].attribute(name), default: 0] += 1 }
    }

    @Test("Each constant occurs, and a value that matches none, about equally often")
    func even() {
        let counts = self.counts(self.users(["in": [["var": "country"], ["DE", "FR", "US"]]]), "country")
        #expect(Set(counts.keys) == ["DE", "FR", "US", "other"])
        #expect(counts.values.allSatisfy { (2300...2700).contains($0) })
    }

    @Test("Attributes are drawn independently of each other")
    func independent() {
        let users = self.users(["and": [["==": [["var": "a"], "x"]], ["==": [["var": "b"], "x"]]]])
        let both = (0..<10_000).count { users[$0].attributes == ["a": "x", "b": "x"] }
        #expect((2300...2700).contains(both))
    }

    @Test(
        "The constants are found wherever a rule compares",
        arguments: [
            (#"{"==": ["pro", {"var": "a"}]}"#, ["pro", "other"]),
            (#"{"!==": [{"var": ["a", "free"]}, 3]}"#, [3, 4]),
            (#"{">": [{"var": "a"}, 18]}"#, [17, 18, 19, 20]),
            (#"{"starts_with": [{"var": "a"}, "beta-"]}"#, ["beta-", "other"]),
            (#"{"sem_ver": [{"var": "a"}, ">=", "2.1.0"]}"#, ["2.1.0", "0.0.0", "999999.0.0", "other"]),
            (#"{"if": [{"var": "a"}, "on", "off"]}"#, [true, false, nil]),
            (#"{"missing": ["a"]}"#, ["other", nil]),
            (#"{"some": [{"var": "a"}, {"==": [{"var": ""}, "admin"]}]}"#, [["admin"], []]),
            (#"{"some": [{"var": "a"}, {"==": [{"var": "role.name"}, 1]}]}"#, [[["role": ["name": 1]]], []]),
            (#"{"==": [{"substr": [{"var": "a"}, -4]}, ".com"]}"#, [".com", "other"]),
            (#"{"in": ["x", {"var": "a"}]}"#, ["x", "other"]),
        ] as [(String, [JSONValue?])])
    func found(rule: String, values: [JSONValue?]) throws {
        let counts = self.counts(self.users(try JSONParser.parse(rule)), "a")
        #expect(Set(counts.keys) == Set(values))
    }

    @Test("The value that matches none differs from the constants")
    func outsider() {
        let counts = self.counts(self.users(["in": [["var": "a"], ["other", "x"]]]), "a")
        #expect(Set(counts.keys) == ["other", "x", "unlisted"])
    }

    @Test("A path gives nested attributes")
    func nested() {
        let users = self.users(["and": [["==": [["var": "user.plan"], "pro"]], ["==": [["var": "user.age"], 1]]]])
        let seen = Set((0..<1000).map { users[$0].attributes["user"] })
        #expect(seen.contains(["plan": "pro", "age": 1]))
        #expect(seen.contains(["plan": "other", "age": 2]))
        #expect(seen.count == 4)
    }

    @Test("Named targeting keys come first, everyone else is numbered")
    func targetingKeys() {
        let users = self.users(["in": [["var": "targetingKey"], ["bob", "alice"]]])
        #expect((0..<3).map { users[$0].targetingKey } == ["alice", "bob", "user-00002"])
        #expect(users[99_999].targetingKey == "user-99999")
        #expect(users[0].attributes.isEmpty)
    }

    @Test("What is hashed is different for each user")
    func identifiers() {
        let byRollout = self.users(["==": [["var": "email"], "ada@example.com"]], by: "email")
        #expect(byRollout[0].attributes["email"] == "ada@example.com")
        #expect(byRollout[42].attributes["email"] == "email-00042")
        let rule: JSONValue = ["fractional": [["cat": ["seed", ["var": "account.id"]]], ["on", 1], ["off", 1]]]
        #expect(self.users(rule)[7].attributes["account"] == ["id": "id-00007"])
    }

    @Test("What flagd provides is not made up")
    func flagd() {
        #expect(self.users([">": [["var": "$flagd.timestamp"], 5]])[0].attributes.isEmpty)
    }

    @Test("Any rule whatever gives users, the same ones each time")
    func random() {
        var random = SplitMix64(11)
        for _ in 0..<500 {
            let rule = random.rule(depth: 4)
            #expect(self.users(rule)[3] == self.users(rule)[3])
        }
    }
}
