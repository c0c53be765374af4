internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import Hummingbird

/// Answers what has to be looked at, and takes note that someone has.
struct ReviewController: Sendable {
    let plane: ControlPlane
    let limits: RequestLimits

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.reviews, self.list)
        routes.on(Routes.review, self.show)
        routes.on(Routes.closeReview, self.close)
    }

    private func list(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let state = request.uri.queryParameters["state"].map(String.init) ?? "open"
        guard ["open", "all"].contains(state) else {
            throw Refusal(invalid: [Issue(path: "state", message: "expected open or all")])
        }
        let limit = Int(try request.integer("limit", in: 1...1000) ?? 50)
        let reviews = try await self.plane.reviews(
            of: grant.environment, openOnly: state == "open", before: try request.integer("before", in: 1...Int64.max),
            limit: limit)
        return try Response(
            json: ReviewList(
                environment: grant.environment, reviews: reviews.map { ReviewDetail($0) },
                nextBefore: reviews.count == limit ? reviews.last?.id : nil))
    }

    private func show(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let id = try context.number(RouteParameter.review, else: .unknownReview)
        return try Response(json: ReviewDetail(try await self.plane.review(id, in: grant.environment)))
    }

    private func close(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let id = try context.number(RouteParameter.review, else: .unknownReview)
        let body = try await request.decode(ReviewCloseRequest.self, upTo: self.limits.adminBody)
        let review = try await self.plane.closeReview(id, in: grant.environment, note: body.note, by: grant.author)
        return try Response(json: ReviewDetail(review))
    }
}

extension ReviewDetail {
    init(_ review: Review) {
        self.init(
            id: review.id, environment: review.environment, cause: review.cause.rawValue, author: review.author,
            reason: review.reason, at: review.at, revision: review.revision, rollout: review.rollout,
            flags: review.flags, evidence: review.evidence, closedAt: review.closing?.at,
            closedBy: review.closing?.by, note: review.closing?.note)
    }
}
