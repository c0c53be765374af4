import FlagAPI
import FlagModel

extension APIClient {
    /// The most bytes that an event of a stream may have: 64 MiB.
    private static let eventLimit = 64 << 20

    /// Who listens to an environment, and what each has.
    func instances(of name: EnvironmentName) async throws(Failure) -> InstanceList {
        try await self.send("GET", Self.path(name, "instances"))
    }

    /// The ways to authenticate a WebSocket, and how much each was used within the last seconds.
    func pathways(of name: EnvironmentName, within seconds: Int64) async throws(Failure) -> PathwayList {
        try await self.send("GET", Self.path(name, "pathways"), query: [("window", String(seconds))])
    }

    /// Whether every live instance has a revision.
    func convergence(of name: EnvironmentName, on revision: Int64) async throws(Failure) -> ConvergenceReport {
        try await self.send("GET", Self.path(name, "convergence"), query: [("revision", String(revision))])
    }

    /// The same as it goes on, until `receive` returns false or the stream ends.
    func followConvergence(
        of name: EnvironmentName, on revision: Int64, _ receive: (ConvergenceReport) async -> Bool
    ) async throws(Failure) {
        let query = [("revision", String(revision))]
        try await self.follow(Self.path(name, "convergence"), query: query) { event in
            guard event.name == "convergence",
                let report = try? WireDecoder(unknownMembers: .ignore)
                    .decode(ConvergenceReport.self, from: event.data)
            else { return true }
            return await receive(report)
        }
    }

    /// The events of an environment, until `receive` returns false or the stream ends.
    ///
    /// - Parameter place: The id of the event after which to go on; nil: the whole snapshot comes first.
    func followEnvironment(
        _ name: EnvironmentName, after place: String?, _ receive: (ServerSentEvent) async -> Bool
    ) async throws(Failure) {
        try await self.follow(Self.path(name, "stream"), after: place, receive)
    }

    /// One revision, without its content.
    func revision(_ number: Int64, of name: EnvironmentName) async throws(Failure) -> RevisionSummary {
        try await self.send("GET", Self.path(name, "revisions", String(number)))
    }

    private func follow(
        _ path: String, query: [(String, String?)] = [], after place: String? = nil,
        _ receive: (ServerSentEvent) async -> Bool
    ) async throws(Failure) {
        var request = self.request("GET", path, query: query, as: .accessToken, accept: "text/event-stream")
        if let place { request.headers.append(("Last-Event-ID", place)) }
        var parser = EventStreamParser(limit: Self.eventLimit)
        var isOverfull = false
        let response: TransportResponse
        do {
            response = try await self.transport.stream(request) { bytes in
                let items: [EventStreamParser.Item]
                do throws(EventStreamError) {
                    items = try parser.read(bytes)
                } catch {
                    isOverfull = true
                    return false
                }
                for case .event(let event) in items {
                    guard await receive(event) else { return false }
                }
                return true
            }
        } catch {
            throw self.failure(error, mayChange: false)
        }
        guard (200..<300).contains(response.status) else { throw self.failure(response, .accessToken) }
        guard !isOverfull else { throw self.failure(.tooLarge(limit: Self.eventLimit), mayChange: false) }
    }
}
