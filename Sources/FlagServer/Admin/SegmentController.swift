internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import Hummingbird

/// Answers which segments the environments have, and who uses them.
struct SegmentController: Sendable {
    let plane: ControlPlane

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.segments, self.list)
        routes.on(Routes.segment, self.show)
    }

    private func list(_ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant) throws -> Response {
        let snapshot = try self.plane.snapshot(of: grant.environment)
        let details = snapshot.content.segments.keys.sorted().compactMap { SegmentDetail($0, in: snapshot) }
        return try Response(
            json: SegmentList(environment: grant.environment, revision: snapshot.revision, segments: details))
    }

    private func show(_ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant) throws -> Response {
        let snapshot = try self.plane.snapshot(of: grant.environment)
        let name = context.parameters.get(RouteParameter.segment) ?? ""
        guard SegmentName.isValid(name), let detail = SegmentDetail(SegmentName(unchecked: name), in: snapshot) else {
            let names = snapshot.content.segments.keys.map(\.text).sorted()
            var refusal = Refusal(.unknownSegment, "there is no such segment in \(grant.environment)")
            refusal.problem.suggestion = NearestName.suggestion(for: name, among: names)
            throw refusal
        }
        return try Response(json: detail)
    }
}

extension SegmentDetail {
    fileprivate init?(_ name: SegmentName, in snapshot: Snapshot) {
        guard let segment = snapshot.content.segments[name] else { return nil }
        self.init(
            environment: snapshot.environment, name: name, revision: snapshot.revision, definition: segment.json,
            usedBy: snapshot.content.users(of: name))
    }
}
