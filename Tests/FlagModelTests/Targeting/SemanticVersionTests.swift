import Testing

@testable import FlagModel

@Suite("flagd's sem_ver")
struct SemanticVersionTests {
    private func compare(_ left: JSONValue, _ comparison: JSONValue, _ right: JSONValue) throws -> JSONValue {
        try Rule.apply(["sem_ver": [left, comparison, right]], to: nil)
    }

    @Test("The order of semver.org, point 11, holds between every two of its examples")
    func precedence() throws {
        let ascending: [JSONValue] = [
            "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "1.10.0", "2.0.0",
        ]
        for (i, left) in ascending.enumerated() {
            for (j, right) in ascending.enumerated() {
                #expect(try self.compare(left, "<", right) == .bool(i < j))
                #expect(try self.compare(left, "<=", right) == .bool(i <= j))
                #expect(try self.compare(left, ">", right) == .bool(i > j))
                #expect(try self.compare(left, ">=", right) == .bool(i >= j))
                #expect(try self.compare(left, "=", right) == .bool(i == j))
                #expect(try self.compare(left, "!=", right) == .bool(i != j))
            }
        }
    }

    @Test(
        "A leading v, missing parts, numbers and build metadata",
        arguments: [
            ("v1.2.3", "1.2.3"), ("V1.2.3", "1.2.3"), ("1.2", "1.2.0"), ("1", "1.0.0"), ("v1", "1.0.0"), (1, "1.0.0"),
            (1.2, "1.2.0"),
            ("1.2.3+build.5", "1.2.3"), ("1.2.3+a", "1.2.3+b"), ("1.0.0-alpha+001", "1.0.0-alpha"),
            ("1.2-rc", "1.2.0-rc"),
        ] as [(JSONValue, JSONValue)])
    func forms(left: JSONValue, right: JSONValue) throws {
        #expect(try self.compare(left, "=", right) == true)
    }

    @Test(
        "The caret keeps the major version, the tilde the minor one as well",
        arguments: [
            ("1.2.3", "^", "1.9.0", true), ("1.2.3", "^", "2.0.0", false), ("1.2.3", "~", "1.2.9", true),
            ("1.2.3", "~", "1.3.0", false),
            ("0.2.0", "^", "0.9.0", true),
        ] as [(JSONValue, JSONValue, JSONValue, Bool)])
    func ranges(left: JSONValue, comparison: JSONValue, right: JSONValue, expected: Bool) throws {
        #expect(try self.compare(left, comparison, right) == .bool(expected))
    }

    @Test(
        "What is no version has no answer",
        arguments: [
            "", "v", "vv1", "1.", "1..2", ".1", "1.2.3.4", "a", "1.x", "-1", "1.2.3-", "1.2.3-a..b", "1.2.3-é",
            "1.2.3-a_b", "01.2.3", "1.02.3",
            "1.2.3-01", "1.2.3+", "1.2.3+a..b", " 1.2.3", "1.2.3 ", "+1.2.3", "18446744073709551616.0.0", true, nil, [],
            [:], 1e300, -1,
        ] as [JSONValue])
    func noVersions(value: JSONValue) throws {
        #expect(try self.compare(value, "=", "1.0.0") == .null)
        #expect(try self.compare("1.0.0", "=", value) == .null)
    }

    @Test("An unknown comparison, or too few or too many arguments, has no answer")
    func malformed() throws {
        for comparison in ["==", "", "=>", 1, nil] as [JSONValue] {
            #expect(try self.compare("1.0.0", comparison, "1.0.0") == .null)
        }
        #expect(try Rule.apply(["sem_ver": ["1.0.0", "="]], to: nil) == .null)
        #expect(try Rule.apply(["sem_ver": ["1.0.0", "=", "1.0.0", 1]], to: nil) == .null)
        #expect(try Rule.apply(["sem_ver": []], to: nil) == .null)
    }

    @Test("Numeric identifiers of any length compare as numbers")
    func longIdentifiers() throws {
        #expect(try self.compare("1.0.0-99999999999999999999", "<", "1.0.0-100000000000000000000") == true)
        #expect(try self.compare("1.0.0-99999999999999999999", "<", "1.0.0-a") == true)
    }
}
