internal import ControlPlane
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import PrometheusMetrics

/// Answers Prometheus.
struct MetricsController: Sendable {
    let factory: PrometheusFactory
    let gauges: ServerGauges

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.metrics, self.metrics)
    }

    /// Of environments that the token is not good for, nothing is shown.
    private func metrics(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let own = self.factory.families.map { $0.only(where: grant.covers) }
        let text = Exposition.text(own + (try await self.gauges.families(where: grant.covers)))
        return Response(
            status: .ok, headers: [.contentType: Exposition.contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
