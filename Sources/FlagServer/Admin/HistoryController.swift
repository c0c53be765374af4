internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import Hummingbird

/// Answers what happened: revisions, differences, the audit.
struct HistoryController: Sendable {
    let plane: ControlPlane

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.revisions, self.revisions)
        routes.on(Routes.revision, self.revision)
        routes.on(Routes.difference, self.difference)
        routes.on(Routes.audit, self.audit)
    }

    private func revisions(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let page = try await self.plane.history(
            of: grant.environment, flag: try request.flagKey(),
            before: try request.integer("before", in: 1...Int64.max),
            limit: Int(try request.integer("limit", in: 1...1000) ?? 50))
        return try Response(
            json: RevisionList(
                environment: grant.environment, revisions: page.revisions.map { RevisionSummary($0) },
                nextBefore: page.nextBefore))
    }

    private func revision(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let newest = try self.plane.head(of: grant.environment).revision
        guard let number = context.parameters.get(RouteParameter.revision).flatMap({ Int64($0) }), number > 0,
            number <= newest
        else {
            throw Refusal(
                .unknownRevision, "\(grant.environment) has the revisions 1 to \(newest); the path names none of them")
        }
        let page = try await self.plane.history(of: grant.environment, before: number + 1, limit: 1)
        guard let record = page.revisions.first, record.number == number else {
            throw ControlPlaneError.unknownRevision(grant.environment, revision: number, newest: newest)
        }
        return try Response(json: RevisionSummary(record))
    }

    private func difference(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let head = try self.plane.head(of: grant.environment).revision
        let to = try request.integer("to", in: 0...Int64.max) ?? head
        let from = try request.integer("from", in: 0...Int64.max) ?? max(0, to - 1)
        let difference = try await self.plane.difference(in: grant.environment, from: from, to: to)
        return try Response(
            json: DifferenceResult(environment: grant.environment, from: from, to: to, difference: difference))
    }

    /// A page of the audit, from the first entry on unless said otherwise: its chain can be verified along the way.
    private func audit(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let after = try request.integer("after", in: 0...Int64.max)
        let limit = Int(try request.integer("limit", in: 1...1000) ?? 200)
        let slice = try await self.plane.audit(after: after ?? 0, limit: limit)
        return try Response(
            json: AuditPage(
                entries: slice.entries, nextAfter: slice.nextAfter, lastSequence: slice.lastSequence,
                lastDigest: slice.lastDigest))
    }
}

extension Request {
    /// The flag that the query asks for, if it does.
    fileprivate func flagKey() throws(Refusal) -> FlagKey? {
        guard let text = self.uri.queryParameters["flag"] else { return nil }
        return try FlagKey(inPath: String(text))
    }
}
