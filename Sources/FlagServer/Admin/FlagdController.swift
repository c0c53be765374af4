internal import ControlPlane
internal import Digest
internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Synchronization

/// Answers an environment's flags as flagd's JSON, which a flagd daemon polls as its HTTP sync source.
struct FlagdController: Sendable {
    let plane: ControlPlane
    private let exports = Exports()

    init(plane: ControlPlane) {
        self.plane = plane
    }

    /// The newest export of each environment: many daemons ask for the same one again and again.
    private final class Exports: Sendable {
        let newest = Mutex<[EnvironmentName: Export]>([:])
    }

    /// What one revision gives.
    private struct Export: Sendable {
        let revision: Int64
        let bytes: ByteBuffer
        let tag: EntityTag
        let refusals: [FlagdRefusal]

        init(_ snapshot: Snapshot) {
            let export = FlagdDocument.export(snapshot.content)
            let text = export.document.canonical
            self.revision = snapshot.revision
            self.bytes = ByteBuffer(string: text)
            // The content's own: a revision that changes nothing for flagd is not fetched again.
            self.tag = EntityTag(opaque: String(Hexadecimal.encode(SHA256.hash(text)).prefix(32)))
            self.refusals = export.refusals
        }
    }

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.flagd, self.flags)
    }

    private func flags(_ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant) throws -> Response {
        let export = self.export(of: try self.plane.snapshot(of: grant.environment), context)
        let headers: HTTPFields = [.eTag: export.tag.description, .cacheControl: "no-cache"]
        guard !export.tag.isNoneMatch(of: request) else { return Response(status: .notModified, headers: headers) }
        var full = headers
        full[.contentType] = "application/json"
        return Response(status: .ok, headers: full, body: ResponseBody(byteBuffer: export.bytes))
    }

    private func export(of snapshot: Snapshot, _ context: AppRequestContext) -> Export {
        let environment = snapshot.environment
        if let known = self.exports.newest.withLock({ $0[environment] }), known.revision == snapshot.revision {
            return known
        }
        let export = Export(snapshot)
        for refusal in export.refusals {
            context.logger.warning(
                "flag left out of the export to flagd",
                metadata: [
                    LogKey.environment: "\(environment)", LogKey.revision: "\(snapshot.revision)",
                    LogKey.error: "\(refusal)",
                ])
        }
        self.exports.newest.withLock { newest in
            if newest[environment].map({ $0.revision < export.revision }) ?? true { newest[environment] = export }
        }
        return export
    }
}
