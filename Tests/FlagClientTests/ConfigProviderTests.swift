import Configuration
import ConfigurationTesting
import FlagModel
import Testing

@testable import FlagClient

@Suite("The configuration provider")
struct ConfigProviderTests {
    private let client: FlagClient

    init() throws {
        self.client = try FlagClient(Samples.configuration(1), time: TimeSource()) { 0 }
    }

    private func apply(_ revision: Int64, _ flags: [String: JSONValue]) throws {
        let content = try EnvironmentContent(json: ["flags": .object(flags)])
        let snapshot = Snapshot(environment: "staging", revision: revision, content: content)
        self.client.live.heard()
        self.client.live.apply(AppliedSnapshot(snapshot, after: self.client.live.applied))
    }

    @Test("passes the compatibility test of swift-configuration")
    func compatibility() async throws {
        try self.apply(
            1,
            [
                "string": Samples.flag("string", "Hello"), "other.string": Samples.flag("string", "Other Hello"),
                "int": Samples.flag("integer", 42), "other.int": Samples.flag("integer", 24),
                "double": Samples.flag("number", 3.14), "other.double": Samples.flag("number", 2.72),
                "bool": Samples.flag("boolean", true), "other.bool": Samples.flag("boolean", false),
                "bytes": Samples.flag("string", "bWFnaWM="), "other.bytes": Samples.flag("string", "bWFnaWMy"),
                "stringy.array": Samples.flag("object", ["Hello", "World"]),
                "other.stringy.array": Samples.flag("object", ["Hello", "Swift"]),
                "inty.array": Samples.flag("object", [42, 24]),
                "other.inty.array": Samples.flag("object", [16, 32]),
                "doubly.array": Samples.flag("object", [3.14, 2.72]),
                "other.doubly.array": Samples.flag("object", [0.9, 1.8]),
                "booly.array": Samples.flag("object", [true, false]),
                "other.booly.array": Samples.flag("object", [false, true, true]),
                "byteChunky.array": Samples.flag("object", ["bWFnaWM=", "bWFnaWMy"]),
                "other.byteChunky.array": Samples.flag("object", ["bWFnaWM=", "bWFnaWMy", "bWFnaWM="]),
            ])
        try await ProviderCompatTest(provider: self.client.configProvider()).runTest()
    }

    @Test("the key's context is the evaluation context")
    func context() throws {
        try self.apply(
            1,
            [
                "who": [
                    "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                    "targeting": [
                        "if": [
                            [
                                "and": [
                                    ["==": [["var": "targetingKey"], "u1"]], ["==": [["var": "plan"], "pro"]],
                                    [">": [["var": "age"], 17]], ["var": "staff"], [">": [["var": "score"], 0.5]],
                                ]
                            ], "on", nil,
                        ]
                    ],
                ]
            ])
        let config = ConfigReader(provider: self.client.configProvider())
        #expect(!config.bool(forKey: "who", default: true))
        let key = ConfigKey(
            "who", context: ["targetingKey": "u1", "plan": "pro", "age": 18, "staff": true, "score": 0.75])
        #expect(config.bool(forKey: key, default: false))
    }

    @Test("what has no value leaves it to the next provider: unknown, disabled, not ready")
    func lowerProviders() throws {
        let config = ConfigReader(providers: [
            self.client.configProvider(), InMemoryProvider(values: ["limit": 1, "off": 2, "unknown": 3]),
        ])
        #expect(config.int(forKey: "limit") == 1)
        try self.apply(
            1,
            [
                "limit": Samples.flag("integer", 10),
                "off": Samples.flag("integer", 20, ["state": "DISABLED"]),
            ])
        #expect(config.int(forKey: "limit") == 10)
        #expect(config.int(forKey: "off") == 2)
        #expect(config.int(forKey: "unknown") == 3)
    }

    @Test("a flag of another type is an error where one is asked for, and the default where not")
    func mismatch() throws {
        try self.apply(1, ["word": Samples.flag("string", "not base64!"), "list": Samples.flag("object", [1, "a"])])
        let provider = self.client.configProvider()
        for (key, type): (AbsoluteConfigKey, ConfigType) in [
            ("word", .int), ("word", .bool), ("word", .bytes), ("list", .intArray), ("list", .string),
        ] {
            #expect(throws: FlagTypeMismatch.self) { try provider.value(forKey: key, type: type) }
        }
        let config = ConfigReader(provider: provider)
        #expect(config.int(forKey: "word", default: 5) == 5)
        #expect(throws: (any Error).self) { try config.requiredInt(forKey: "word") }
    }

    @Test("watching yields the present value, and each change")
    func watchValue() async throws {
        try self.apply(1, ["limit": Samples.flag("integer", 10)])
        let config = ConfigReader(provider: self.client.configProvider())
        try await config.watchInt(forKey: "limit", default: 0) { updates in
            var updates = updates.makeAsyncIterator()
            #expect(try await updates.next(isolation: nil) == 10)
            try self.apply(2, ["limit": Samples.flag("integer", 11)])
            #expect(try await updates.next(isolation: nil) == 11)
            try self.apply(3, [:])
            #expect(try await updates.next(isolation: nil) == 0)
        }
    }

    @Test("a snapshot stays as it was, and watching yields the next")
    func watchSnapshot() async throws {
        try self.apply(1, ["limit": Samples.flag("integer", 10)])
        let provider = self.client.configProvider()
        try await provider.watchSnapshot { updates in
            var updates = updates.makeAsyncIterator()
            let first = await updates.next(isolation: nil)
            try self.apply(2, ["limit": Samples.flag("integer", 11)])
            let second = await updates.next(isolation: nil)
            #expect(try first?.value(forKey: "limit", type: .int).value?.content == .int(10))
            #expect(try second?.value(forKey: "limit", type: .int).value?.content == .int(11))
        }
    }
}
