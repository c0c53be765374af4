import ControlPlane
import FlagAPI
import FlagModel
import Foundation
import HTTPTypes
import PrometheusMetrics
import Testing
import TicketRuntime

@testable import FlagServer

@Suite("What the server tells Prometheus")
struct MetricsAPITests {
    private static func lines(_ api: TestAPI, token: String = TestAPI.adminToken) async throws -> [Substring] {
        try await api.send(.get, "/metrics", token: token).text.split(separator: "\n")
    }

    @Test("Every metric of the list is in the documentation, with its type, and no other is")
    func documentation() throws {
        let text = try String(contentsOfFile: TestAPI.project + "/docs/metrics.md", encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
            row.split(separator: "|").prefix(2).map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
        }
        #expect(Set(rows) == Set(ServerMetric.all.map { [$0.name, $0.kind.rawValue] }))
    }

    @Test("Every operation, pathway and outcome of the tickets' metrics is in the documentation")
    func ticketLabels() throws {
        let text = try String(contentsOfFile: TestAPI.project + "/docs/metrics.md", encoding: .utf8)
        let labels =
            TicketOperation.allCases.map(\.rawValue) + TicketRefusalReason.allCases.map(\.rawValue)
            + Pathway.allCases.map(\.rawValue)
        for label in labels { #expect(text.contains("`\(label)`"), "\(label)") }
    }

    @Test("It is text of version 0.0.4, and no more than the list has")
    func served() async throws {
        try await TestAPI.with { api in
            _ = try await api.send(.get, "/v1/environments")
            let answer = try await api.send(.get, "/metrics")
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            let types = answer.text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
                .compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) }
            let unused = [ServerMetric.ticketOperations, ServerMetric.ticketDuration, ServerMetric.counters]
            #expect(Set(types) == Set(ServerMetric.all.map(\.name)).subtracting(unused.map(\.name)))
            let lines = answer.text.split(separator: "\n")
            #expect(
                lines.contains(#"signalbox_http_requests_total{method="GET",route="/v1/environments",status="2xx"} 1"#))
            #expect(lines.contains(#"signalbox_revision{environment="development"} 1"#))
            #expect(lines.contains(#"signalbox_instances{environment="development",state="current"} 1"#))
            #expect(lines.contains("signalbox_ticket_store_up 1"))
            #expect(lines.contains("signalbox_ticket_store_breaker_open 0"))
        }
    }

    @Test("Revisions are counted as they are made")
    func commits() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(10)
            try await api.rollOut(20)
            #expect(try await Self.lines(api).contains(#"signalbox_commits_total{environment="development"} 2"#))
        }
    }

    @Test("What instances report is added up with what this server counts, and a restart of one is no loss")
    func telemetry() async throws {
        @Sendable func report(_ start: String, _ count: Int64) -> JSONValue {
            [
                "name": "chat", "revision": 0, "source": "stream",
                "telemetry": [
                    "start": .string(start), "ageMilliseconds": 0,
                    "counts": [
                        "attempts": [
                            [
                                "operation": "consume", "pathway": "ticket", "cohort": "rollout",
                                "count": .integer(count),
                            ]
                        ],
                        "latencies": [], "counters": [],
                    ],
                ],
            ]
        }
        try await TestAPI.with { api in
            let path = "\(FleetAPITests.instances)/chat-1"
            for (start, count) in [("a", 5), ("a", 7), ("a", 6), ("b", 2)] as [(String, Int64)] {
                let answer = try await api.send(.put, path, json: report(start, count))
                #expect(answer.status == 200)
            }
            let series =
                #"signalbox_ticket_operations_total{environment="development",operation="consume","#
                + #"pathway="ticket",cohort="rollout",outcome="granted"} 9"#
            let lines = try await Self.lines(api)
            #expect(lines.contains(series[...]))
        }
    }

    @Test("A report whose counts cannot be is refused, with the place")
    func invalid() async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(
                .put, "\(FleetAPITests.instances)/chat-1",
                json: [
                    "name": "chat", "revision": 0, "source": "stream",
                    "telemetry": [
                        "start": "a", "ageMilliseconds": -1,
                        "counts": ["attempts": [], "latencies": [], "counters": []],
                    ],
                ])
            #expect(answer.status == 422)
            #expect(answer.problem?.issues?.map(\.path) == ["telemetry.ageMilliseconds"])
        }
    }

    @Test("A token that is good for one environment shows nothing of another")
    func scope() async throws {
        try await TestAPI.with { api in
            let lines = try await Self.lines(api, token: try await api.token("reader", environments: ["staging"]))
            #expect(lines.contains { $0.contains(#"environment="staging""#) })
            #expect(!lines.contains { $0.contains(#"environment="development""#) })
        }
    }
}
