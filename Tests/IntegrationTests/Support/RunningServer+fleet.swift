import FlagAPI
import FlagModel
import Foundation
import TestSupport
import Testing

extension RunningServer {
    /// How far the newest revision is, or the one given.
    func convergence(_ environment: String = "development", revision: Int64? = nil) async throws -> ConvergenceReport {
        let query = revision.map { "?revision=\($0)" } ?? ""
        let answer = try await self.request(.GET, "/v1/environments/\(environment)/convergence\(query)")
        return try JSONDecoder().decode(ConvergenceReport.self, from: Data(answer.body.utf8))
    }

    /// Waits until that many instances, and no others, have the newest revision.
    func waitForConvergence(_ environment: String = "development", of instances: Int64) async throws {
        try await eventually("\(instances) instances have the newest revision of \(environment)") {
            let report = try await self.convergence(environment)
            return report.converged && report.instances == instances
        }
    }

    /// The digest of a revision of the development environment, as the server has it.
    func digest(of revision: Int64) async throws -> String {
        let answer = try await self.request(.GET, "/v1/environments/development/snapshot?revision=\(revision)")
        return try #require(answer.json["digest"]?.stringValue, "\(answer.body)")
    }

    /// Makes the environment of the example service, and a token that may read it.
    func makeGreetings() async throws -> String {
        let file = Built.project.appendingPathComponent("Examples/GreetingService/greetings.yaml").path
        let applied = try await self.flagctl("apply", "-f", file, "--create", "--reason", "for the test")
        #expect(applied.status == 0, "\(applied.errors)")
        return try await self.makeReader(of: "greetings")
    }

    /// A token that may read an environment, and no more.
    func makeReader(of environment: String = "development") async throws -> String {
        let created = try await self.flagctl(
            "token", "create", "reader", "--role", "reader", "--environment", environment, "-o", "json")
        return try #require(try JSONParser.parse(created.output)["token"]?.stringValue, "\(created.errors)")
    }
}
