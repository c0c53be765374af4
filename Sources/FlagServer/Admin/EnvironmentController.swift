internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Answers what is in force in the environments.
struct EnvironmentController: Sendable {
    let plane: ControlPlane
    let hub: StreamHub
    let limits: RequestLimits
    let now: @Sendable () -> Timestamp

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.environments, self.list)
        routes.on(Routes.environment, self.show)
        routes.on(Routes.document, self.document)
        routes.on(Routes.snapshot, self.snapshot)
        routes.on(Routes.flags, self.flags)
        routes.on(Routes.flag, self.flag)
        routes.on(Routes.evaluate, self.evaluate)
    }

    private func list(_ request: Request, _ context: AppRequestContext, _ grant: Grant) throws -> Response {
        let heads = self.plane.environments.filter { grant.covers($0.name) }
        return try Response(json: EnvironmentList(environments: heads.map { EnvironmentSummary($0, at: self.now()) }))
    }

    private func show(_ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant) throws -> Response {
        try Response(json: EnvironmentDetail(try self.plane.head(of: grant.environment), at: self.now()))
    }

    /// The environment as a file of `environments/`: applied to another server it gives the same.
    private func document(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) throws -> Response {
        let head = try self.plane.head(of: grant.environment)
        let content = head.content
        let document = EnvironmentDocument(
            name: head.name, settings: head.settings, flags: content.flags, segments: content.segments,
            metadata: content.metadata.isEmpty ? nil : content.metadata)
        return Response(canonical: document.json)
    }

    private func snapshot(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let environment = grant.environment
        guard let revision = try request.integer("revision", in: 0...Int64.max) else {
            // The revision in force, which many ask for again and again, is encoded once.
            let (snapshot, bytes) = try self.hub.frames(of: environment).body()
            return Response(snapshot, bytes, to: request)
        }
        let snapshot = try await self.snapshot(of: environment, at: revision)
        return Response(snapshot, ByteBuffer(string: snapshot.canonical), to: request)
    }

    private func flags(_ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant) throws -> Response {
        let snapshot = try self.plane.snapshot(of: grant.environment)
        let definitions = snapshot.content.flags.map { ($0.key.text, $0.value.json) }
        return try Response(
            json: FlagList(
                environment: grant.environment, revision: snapshot.revision, digest: snapshot.digest,
                flags: Dictionary(uniqueKeysWithValues: definitions)))
    }

    private func flag(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let snapshot = try self.plane.snapshot(of: grant.environment)
        let flag = try snapshot.flag(named: context.parameters.get(RouteParameter.flag))
        let history = try await self.plane.history(of: grant.environment, flag: flag.key, limit: 1)
        return try Response(
            json: FlagDetail(
                environment: grant.environment, key: flag.key, revision: snapshot.revision,
                definition: flag.definition.json, lastChange: history.revisions.first.map { RevisionSummary($0) }))
    }

    private func evaluate(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(EvaluateRequest.self, upTo: self.limits.adminBody)
        let subject = try EvaluationContext(members: body.context ?? [:])
        let snapshot = try await self.snapshot(of: grant.environment, at: body.revision)
        let flag = try snapshot.flag(named: context.parameters.get(RouteParameter.flag))
        let moment = self.now().wholeSecondsSinceEpoch
        let answer = flag.evaluate(subject, timestamp: moment)
        return try Response(
            json: EvaluateResult(
                environment: grant.environment, revision: snapshot.revision, key: flag.key, value: answer.value,
                variant: answer.variant, reason: answer.reason, errorCode: answer.errorCode,
                errorDetails: answer.errorDetails, bucket: flag.bucket(subject).map { Int64($0.position) },
                steps: flag.explain(subject, timestamp: moment)))
    }

    private func snapshot(of environment: EnvironmentName, at revision: Int64?) async throws -> Snapshot {
        guard let revision else { return try self.plane.snapshot(of: environment) }
        return try await self.plane.snapshot(of: environment, at: revision)
    }
}

extension Response {
    /// A snapshot as canonical JSON, or that the client has it.
    fileprivate init(_ snapshot: Snapshot, _ bytes: ByteBuffer, to request: Request) {
        let tag = EntityTag(snapshot)
        var headers: HTTPFields = [.eTag: tag.description, .cacheControl: "no-cache"]
        guard !tag.isNoneMatch(of: request) else {
            self.init(status: .notModified, headers: headers)
            return
        }
        headers[.contentType] = "application/json"
        self.init(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}

extension Snapshot {
    /// The flag of a path.
    ///
    /// - Throws: `ControlPlaneError.unknownFlag` with the nearest key.
    fileprivate func flag(named text: String?) throws -> CompiledFlag {
        let key = try FlagKey(inPath: text)
        guard let flag = self[key] else {
            throw ControlPlaneError.unknownFlag(
                key, self.environment,
                suggestion: NearestName.suggestion(for: key.text, among: self.content.flags.keys.map(\.text).sorted()))
        }
        return flag
    }
}
