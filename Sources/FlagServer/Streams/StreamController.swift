internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird

/// Answers with streams of an environment's revisions.
struct StreamController: Sendable {
    let plane: ControlPlane
    let hub: StreamHub
    let fleet: Fleet

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.stream, self.stream)
        routes.on(Routes.changeEvents, self.changeEvents)
    }

    private func stream(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let (environment, owner) = (grant.environment, grant.grant.name)
        let frames = try self.hub.frames(of: environment)
        let instance = try request.instance()
        if let instance { try self.fleet.admit(instance, owner: owner, in: environment) }
        let revision = await self.resumption(of: request, in: environment, frames)
        return self.hub.response(
            SnapshotFeed(frames: frames, revision: revision), on: .revisions(environment), for: grant.grant,
            context
        ) {
            guard let instance else { return nil }
            do throws(FleetError) {
                try self.fleet.connect(instance, owner: owner, in: environment)
            } catch {
                // Somebody else was faster since it was admitted; its first report will say so.
                return nil
            }
            return { self.fleet.disconnect(instance, in: environment) }
        }
    }

    private func changeEvents(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) throws -> Response {
        let frames = try self.hub.frames(of: grant.environment)
        let newest = frames.newest.revision
        let heard = request.lastEventID.flatMap { Int64($0) }.flatMap { (0...newest).contains($0) ? $0 : nil }
        return self.hub.response(
            ChangeFeed(frames: frames, revision: heard ?? newest), on: .revisions(grant.environment),
            for: grant.grant, context)
    }

    /// The revision that a client has and that can be gone on from; nil: it is given everything.
    private func resumption(
        of request: Request, in environment: EnvironmentName, _ frames: RevisionFrames
    ) async -> Int64? {
        guard let position = request.lastEventID.flatMap({ StreamPosition($0) }) else { return nil }
        if let isKnown = frames.isKnown(position) { return isKnown ? position.revision : nil }
        do throws(ControlPlaneError) {
            let base = try await self.plane.snapshot(of: environment, at: position.revision)
            guard position.isPlace(of: base) else { return nil }
            frames.remember(base)
            return position.revision
        } catch {
            // What cannot be read from the history is not needed to send everything.
            return nil
        }
    }
}

extension Request {
    /// The id of the last event that a client read before it came back.
    fileprivate var lastEventID: String? {
        HTTPField.Name.lastEventID.flatMap { self.headers[$0] }
    }

    /// The instance that reads the stream; nil: it does not say.
    ///
    /// - Throws: ``Refusal`` `request-invalid` when it cannot be an id.
    fileprivate func instance() throws(Refusal) -> InstanceID? {
        guard let text = self.uri.queryParameters["instance"].map(String.init) else { return nil }
        guard InstanceID.isValid(text) else {
            throw Refusal(invalid: [Issue(path: "instance", message: "expected \(InstanceID.pattern)")])
        }
        return InstanceID(unchecked: text)
    }
}

extension HTTPField.Name {
    fileprivate static let lastEventID = HTTPField.Name("Last-Event-ID")
}
