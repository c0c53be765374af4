import FlagModel

@testable import FlagClient

/// Snapshots of the environment `staging` for tests.
enum Samples {
    /// A snapshot whose flag `greeting` says `greeting`, with some flags of every type beside it.
    static func snapshot(
        _ revision: Int64, greeting: String = "hello", extra: [FlagKey: JSONValue] = [:],
        environment: EnvironmentName = "staging"
    ) throws -> Snapshot {
        var flags: [String: JSONValue] = [
            "greeting": Self.flag("string", .string(greeting)), "on": Self.flag("boolean", true),
            "limit": Self.flag("integer", 7), "share": Self.flag("number", 2.5),
            "shape": Self.flag("object", ["sides": 3]),
        ]
        for (key, value) in extra { flags[key.text] = value }
        let content = try EnvironmentContent(json: ["flags": .object(flags)])
        return Snapshot(environment: environment, revision: revision, content: content)
    }

    /// A flag with one value for everyone.
    static func flag(_ type: String, _ value: JSONValue, _ more: [String: JSONValue] = [:]) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": .string(type), "variants": ["it": value], "defaultVariant": "it",
        ]
        members.merge(more) { $1 }
        return .object(members)
    }

    /// A boolean flag that is true, and false when nothing has been heard for a minute.
    static let impatient: JSONValue = [
        "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "on", "safeVariant": "off",
        "onStale": ["after": "1m", "serve": "safe"],
    ]

    /// A configuration with timings for a loopback.
    static func configuration(_ port: Int, cache: String? = nil) -> FlagClientConfiguration {
        var configuration = FlagClientConfiguration(
            server: "http://127.0.0.1:\(port)", environment: "staging", token: AccessToken("sb_secret-token"),
            instance: InstanceIdentity(name: "tests", id: "instance-1", version: "1.2", labels: ["host": "here"]),
            cachePath: cache)
        // A slow machine is not a fault.
        configuration.timings.responseTimeout = .seconds(120)
        configuration.timings.requestTimeout = .seconds(120)
        configuration.timings.heartbeatInterval = .seconds(120)
        configuration.timings.backOff = .milliseconds(5) ... .milliseconds(50)
        configuration.timings.returnJitter = .milliseconds(5)
        configuration.timings.pollInterval = .milliseconds(20)
        configuration.timings.streamTrialInterval = .milliseconds(20) ... .milliseconds(100)
        configuration.timings.goodbyeTimeout = .seconds(60)
        return configuration
    }
}
