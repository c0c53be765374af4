import FlagAPI
import FlagModel

extension APIClient {
    /// What an answer other than 2xx means, and what to do about it.
    func failure(_ response: TransportResponse, _ credential: Credential) -> Failure {
        guard var problem = try? WireDecoder(unknownMembers: .ignore).decode(Problem.self, from: response.body) else {
            return Failure(
                Problem(
                    type: "answer-unreadable", title: "Unreadable answer", status: response.status,
                    detail: "\(self.connection.server) answered with HTTP \(response.status) and no explanation"),
                hint: "is it a FlagServer, or a proxy in front of one? FLAGCTL_SERVER or --server chooses another")
        }
        if problem.retryAfter == nil { problem.retryAfter = response.headers["retry-after"].flatMap { Int64($0) } }
        return Failure(problem, hint: self.hint(for: problem, credential))
    }

    /// Why there is no answer, and what to do about it. The path is left out: it may hold a ticket.
    ///
    /// - Parameter mayChange: Whether the request may have changed something before the answer was lost.
    func failure(_ error: TransportError, mayChange: Bool) -> Failure {
        let server = self.connection.server
        switch error {
        case .unreachable(let reason):
            return Failure(
                .error, "server-unreachable", "cannot reach \(server) (\(self.connection.serverSource)): \(reason)",
                hint: "is FlagServer running there? start it, or name another with --server or FLAGCTL_SERVER")
        case .timedOut:
            return Failure(
                .timedOut, "time-out", "\(server) did not answer within \(self.timeout.inWords)",
                hint: (mayChange ? "a change may have been made all the same: look with flagctl history; " : "")
                    + "--timeout waits longer")
        case .tooLarge(let limit):
            return Failure(.error, "answer-too-large", "the answer of \(server) has more than \(limit) bytes")
        }
    }

    private func hint(for problem: Problem, _ credential: Credential) -> String? {
        // The problem's instance is the request's path: /v1/environments/NAME/….
        let path = problem.instance?.split(separator: "/") ?? []
        let environment = path.count > 2 && path[1] == "environments" ? String(path[2]) : "ENVIRONMENT"
        switch (problem.status, credential) {
        case (401, .userJWT):
            return "the JWT came from --jwt-file or FLAGCTL_JWT; is it expired, or for another issuer?"
        case (401, _) where self.connection.token == nil:
            return "no token was sent (\(self.connection.tokenSource)): set FLAGCTL_TOKEN, or: "
                + "flagctl context set NAME --server \(self.connection.server) --token-file PATH"
        case (401, _):
            return "the token came from \(self.connection.tokenSource); FlagServer prints a bootstrap token at its "
                + "first start, and flagctl token create makes others"
        case (403, .accessToken):
            return problem.detail.contains("flagctl")
                ? nil : "flagctl doctor shows the token's role; an admin makes others with flagctl token create"
        case (404, _) where problem.suggestion != nil: return nil
        case (404, _) where problem.type == "route-not-found" && self.connection.server.hasPath:
            return "is the server's URL right? \(self.connection.server) (\(self.connection.serverSource)) has a path"
        case (404, _) where problem.type == "unknown-environment":
            return "flagctl env list shows the environments"
        case (404, _) where problem.type == "unknown-flag":
            return "flagctl list \(environment) shows the flags"
        case (404, _) where problem.type == "unknown-segment":
            return "flagctl segment list \(environment) shows the segments"
        case (404, _) where problem.type == "unknown-revision",
            (409, _) where problem.type == "nothing-to-roll-back-to":
            return "flagctl history \(environment) shows the revisions"
        case (413, _): return "send fewer contexts in the sample, or less in one file"
        default: return nil
        }
    }
}
