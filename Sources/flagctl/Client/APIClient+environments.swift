import FlagAPI
import FlagModel

extension APIClient {
    /// The environments that the token may see.
    func environments() async throws(Failure) -> EnvironmentList {
        try await self.send("GET", "/v1/environments")
    }

    /// One environment with its settings.
    func environment(_ name: EnvironmentName) async throws(Failure) -> EnvironmentDetail {
        try await self.send("GET", Self.path(name))
    }

    /// An environment as the document that `apply` takes.
    func document(_ name: EnvironmentName) async throws(Failure) -> JSONValue {
        try await self.send("GET", Self.path(name, "document"))
    }

    /// An environment's flags.
    func flags(_ name: EnvironmentName) async throws(Failure) -> FlagList {
        try await self.send("GET", Self.path(name, "flags"))
    }

    /// One flag and its last change.
    func flag(_ key: FlagKey, in name: EnvironmentName) async throws(Failure) -> FlagDetail {
        try await self.send("GET", Self.path(name, "flags", key.text))
    }

    /// An environment's segments.
    func segments(_ name: EnvironmentName) async throws(Failure) -> SegmentList {
        try await self.send("GET", Self.path(name, "segments"))
    }

    /// One segment, and who uses it.
    func segment(_ segment: SegmentName, in name: EnvironmentName) async throws(Failure) -> SegmentDetail {
        try await self.send("GET", Self.path(name, "segments", segment.text))
    }

    /// What a flag answers.
    func evaluate(
        _ key: FlagKey, in name: EnvironmentName, _ request: EvaluateRequest
    ) async throws(Failure) -> EvaluateResult {
        try await self.send("POST", Self.path(name, "flags", key.text, "evaluate"), body: request, changes: false)
    }

    /// Revisions, newest first.
    func revisions(
        _ name: EnvironmentName, before: Int64? = nil, limit: Int
    ) async throws(Failure) -> RevisionList {
        try await self.send(
            "GET", Self.path(name, "revisions"),
            query: [("before", before.map(String.init)), ("limit", String(limit))])
    }

    /// What changed between two revisions.
    func difference(
        _ name: EnvironmentName, from: Int64?, to: Int64?
    ) async throws(Failure) -> DifferenceResult {
        try await self.send(
            "GET", Self.path(name, "diff"),
            query: [("from", from.map(String.init)), ("to", to.map(String.init))])
    }

    /// Commits a changeset.
    func commit(_ request: ChangesetRequest, to name: EnvironmentName) async throws(Failure) -> CommitResult {
        try await self.send("POST", Self.path(name, "changesets"), body: request)
    }

    /// Makes an environment what a document says.
    func apply(_ request: ApplyRequest) async throws(Failure) -> CommitResult {
        try await self.send("POST", Self.path(request.document.name, "apply"), body: request)
    }

    /// Restores an older revision.
    func rollback(_ name: EnvironmentName, _ request: RollbackRequest) async throws(Failure) -> CommitResult {
        try await self.send("POST", Self.path(name, "rollback"), body: request)
    }

    /// Takes a flag to its safe variant.
    func kill(
        _ key: FlagKey, in name: EnvironmentName, _ request: KillRequest
    ) async throws(Failure) -> CommitResult {
        try await self.send("POST", Self.path(name, "flags", key.text, "kill"), body: request)
    }

    /// The path of something in an environment.
    static func path(_ environment: EnvironmentName, _ rest: String...) -> String {
        (["/v1/environments", environment.text] + rest).joined(separator: "/")
    }
}
