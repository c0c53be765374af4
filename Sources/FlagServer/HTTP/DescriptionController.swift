internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Hands out the description of this server's own API, `openapi.yaml`.
struct DescriptionController: Sendable {
    private let text: ByteBuffer?

    /// - Parameter migrationsDirectory: The folder beside which the description stands, in the project and where it is
    ///   installed.
    init(besides migrationsDirectory: String, files: any FileReading) {
        do {
            self.text = ByteBuffer(bytes: try files.read(migrationsDirectory + "/../openapi.yaml"))
        } catch {
            // Everything else works without it.
            self.text = nil
        }
    }

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.description, self.show)
    }

    private func show(_ request: Request, _ context: AppRequestContext, _ caller: Void) throws -> Response {
        guard let text = self.text else {
            throw Refusal(.routeNotFound, "this server was installed without openapi.yaml beside its migrations folder")
        }
        return Response(
            status: .ok, headers: [.contentType: "application/yaml"], body: ResponseBody(byteBuffer: text))
    }
}
