internal import ControlPlane
internal import Digest
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Answers OpenFeature SDKs in any language, by the OpenFeature Remote Evaluation Protocol 0.3.0.
struct OFREPController: Sendable {
    let plane: ControlPlane
    let limits: RequestLimits
    let now: @Sendable () -> Timestamp

    private let cache = OFREPAnswerCache()

    init(plane: ControlPlane, limits: RequestLimits, now: @escaping @Sendable () -> Timestamp) {
        self.plane = plane
        self.limits = limits
        self.now = now
    }

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.ofrepEvaluate, self.single)
        routes.on(Routes.ofrepEvaluateAll, self.bulk)
    }

    private func single(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let subject = try EvaluationContext(ofrepBody: try await request.json(upTo: self.limits.evaluationBody))
        let answers = self.cache.answers(of: try self.plane.snapshot(of: grant.environment))
        let key = try FlagKey(inPath: context.parameters.get(RouteParameter.flag)?.percentDecoded)
        guard let (body, isAnswer) = answers.single(key, for: subject, timestamp: self.timestamp) else {
            throw Refusal(.unknownFlag, "there is no flag \(key) in \(grant.environment)")
        }
        return Response(
            status: isAnswer ? .ok : .badRequest, headers: answers.headers, body: ResponseBody(byteBuffer: body))
    }

    private func bulk(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        // The router takes no notice of a slash at the end; a client that is asked for a flag without a key puts one there.
        guard !request.uri.path.hasSuffix("/") else {
            throw Refusal(.unknownFlag, "the key is empty; without the slash at the end all flags are evaluated")
        }
        let subject = try EvaluationContext(ofrepBody: try await request.json(upTo: self.limits.evaluationBody))
        let answers = self.cache.answers(of: try self.plane.snapshot(of: grant.environment))
        let body = answers.bulk(for: subject, timestamp: self.timestamp)
        let tag = EntityTag(opaque: Hexadecimal.encode(SHA256.hash(body.readableBytesView)))
        var headers = answers.headers
        headers[.eTag] = tag.description
        headers[.cacheControl] = "no-cache"
        if tag.isNoneMatch(of: request), !request.isAfterAnotherChange(than: answers.snapshot) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    private var timestamp: Int64 { self.now().millisecondsSinceEpoch / 1000 }
}

extension Request {
    /// Whether a bulk request was caused by a change event of another snapshot than `snapshot`: then the client must
    /// get the flags, even those that it has.
    fileprivate func isAfterAnotherChange(than snapshot: Snapshot) -> Bool {
        guard let tag = self.uri.queryParameters["flagConfigEtag"] else { return false }
        return !EntityTagCondition([String(tag)]).matches(EntityTag(opaque: snapshot.digest))
    }
}
