internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import FlagStore
internal import Hummingbird
internal import TicketRuntime

/// Answers how the server is doing.
struct HealthController: Sendable {
    let plane: ControlPlane
    let runtime: TicketRuntime
    let ticketStoreName: String

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.health, self.health)
        routes.on(Routes.readiness, self.readiness)
        routes.on(Routes.status, self.status)
    }

    private func health(_ request: Request, _ context: AppRequestContext, _ caller: Void) throws -> Response {
        Response(canonical: ["status": "ok"])
    }

    /// Ready when the database can be read and the tickets obey the revision in force.
    private func readiness(_ request: Request, _ context: AppRequestContext, _ caller: Void) async throws -> Response {
        let environment = self.runtime.configuration.environment
        let newest = try await self.plane.history(of: environment, limit: 1).revisions.first?.number ?? 0
        let revision = self.runtime.policy.revision
        // Between a commit and its publication the database is ahead for a moment; behind it can never be.
        guard revision > 0 || newest == 0 else {
            throw Refusal(.notReady, "no revision of \(environment) is in force for tickets yet; ask again")
        }
        let tickets = await self.runtime.status()
        return try Response(
            json: Readiness(
                status: "ready", revision: revision, tickets: tickets.isStoreAvailable ? "available" : "unavailable"))
    }

    private func status(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let tickets = await self.runtime.status()
        return try Response(
            json: ServerStatus(
                version: Version.current, sqliteVersion: FlagStore.sqliteVersion,
                runtimeEnvironment: self.runtime.configuration.environment, ticketStore: self.ticketStoreName,
                ticketStoreAvailable: tickets.isStoreAvailable,
                ticketPolicyProblems: tickets.problems.map(\.description)))
    }
}
