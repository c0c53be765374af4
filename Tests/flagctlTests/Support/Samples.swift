import FlagAPI
import FlagModel

/// Wire values that several tests need.
enum Samples {
    static let at = Run.now

    static let tickets: JSONValue = [
        "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off", "safeVariant": "off",
        "owner": "platform-auth", "description": "Authenticate browser WebSockets with single-use tickets",
        "rollout": ["variant": "on", "percentage": 25, "by": "targetingKey", "seed": "ENABLE_WEBSOCKET_TICKETS"],
    ]

    static let ttl: JSONValue = [
        "type": "integer", "variants": ["default": 30], "defaultVariant": "default",
        "constraints": ["minimum": 1, "maximum": 3600],
    ]

    static let binding: JSONValue = [
        "type": "string", "variants": ["none": "none", "origin": "origin"], "defaultVariant": "none",
    ]

    static func environment(_ name: EnvironmentName, protected: Bool = false, revision: Int64 = 6) -> EnvironmentDetail
    {
        EnvironmentDetail(
            summary: EnvironmentSummary(
                name: name, description: "Where it happens", protected: protected, revision: revision,
                digest: "d1", flagCount: 2),
            invariants: [])
    }

    static func revision(_ number: Int64, by author: String = "ada", _ reason: String = "first cohort")
        -> RevisionSummary
    {
        RevisionSummary(
            revision: number, at: at, author: author, reason: reason, kind: .commit, digest: "d",
            flags: ["ENABLE_WEBSOCKET_TICKETS"])
    }

    static func detail(_ key: FlagKey, _ definition: JSONValue) -> FlagDetail {
        FlagDetail(
            environment: "development", key: key, revision: 6, definition: definition, lastChange: revision(6))
    }

    /// The difference that moves the tickets' rollout.
    static func difference(from before: Double = 0, to after: Double = 25) -> ContentDifference {
        ContentDifference(from: Self.content(percent: before), to: Self.content(percent: after))
    }

    static func commit(
        _ revision: Int64 = 7, changed: Bool = true, dryRun: Bool = false, kind: RevisionKind = .commit,
        restored: Int64? = nil, environment: EnvironmentName = "development"
    ) -> CommitResult {
        CommitResult(
            environment: environment, revision: revision, previousRevision: 6, digest: "d2", changed: changed,
            dryRun: dryRun, kind: kind, restoredRevision: restored, at: at,
            difference: changed ? difference() : difference(from: 25), settingsChanged: false)
    }

    /// A chain of three entries.
    static var audit: [AuditEntry] {
        var entries: [AuditEntry] = []
        for (action, detail) in [
            ("tokens.create", ["name": "ada", "share": 0.5]), ("flags.commit", ["n": 2.0]), ("flags.kill", [:]),
        ] as [(String, JSONValue)] {
            entries.append(
                AuditEntry(
                    following: entries.last.map { ($0.sequence, $0.digest) }, at: at, actor: "ada", action: action,
                    environment: action.hasPrefix("flags") ? "development" : nil,
                    revision: action.hasPrefix("flags") ? 7 : nil, reason: "first \"cohort\"", detail: detail))
        }
        return entries
    }

    private static func content(percent: Double) -> EnvironmentContent {
        EnvironmentContent(flags: [
            "ENABLE_WEBSOCKET_TICKETS": FlagDefinition(
                type: .boolean, variants: ["on": true, "off": false], defaultVariant: "off",
                rollout: Rollout(variant: "on", percentage: Percentage(percent: percent) ?? .zero, seed: "s"))
        ])
    }
}
