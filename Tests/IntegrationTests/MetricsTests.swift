import FlagModel
import Foundation
import TestRedis
import TestSupport
import Testing

@Suite("Prometheus and the server")
struct MetricsTests {
    @Test("promtool has nothing to say against the metrics, and a real Prometheus scrapes them")
    func scraped() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.withTicketService(redis: redis) { plane, service in
                try await plane.rollOut("100")
                let tickets = Tickets(service)
                for _ in 0..<3 { #expect(try await tickets.consume(try await tickets.ticket()).status == 200) }
                // What TicketService counts arrives by its reports.
                let granted = #"operation="consume",pathway="ticket",cohort="everyone",outcome="granted"} 3"#
                try await eventually("the service has reported what it counted") {
                    try await plane.request(.GET, "/metrics").body.contains(granted)
                }
                let metrics = try await plane.request(.GET, "/metrics")
                let verdict = try await Program.run(
                    "/usr/bin/env", ["promtool", "check", "metrics"], input: metrics.body)
                #expect(verdict.status == 0 && verdict.output.isEmpty && verdict.errors.isEmpty, "\(verdict)")

                let target = String(plane.address.dropFirst("http://".count))
                try await TestPrometheusServer.withServer(scraping: target, token: RunningServer.adminToken) {
                    address in
                    let prometheus = Prometheus(address: address)
                    try await eventually("Prometheus has scraped") {
                        try await prometheus.value(of: "up{job=\"signalbox\"}") == "1"
                    }
                    try await eventually("Prometheus has the service's counts") {
                        try await prometheus.value(
                            of: #"sum(signalbox_ticket_operations_total{operation="consume",outcome="granted"})"#)
                            == "3"
                    }
                    let slow = try await prometheus.value(
                        of: "histogram_quantile(0.99, sum by (le) (signalbox_ticket_operation_duration_seconds_bucket))"
                    )
                    #expect(Double(slow ?? "").map { $0 > 0 } == true, "\(slow ?? "nothing")")
                }
            }
        }
    }

    @Test("Without a token nothing is told")
    func refused() async throws {
        try await RunningServer.with { server in
            let answer = try await server.request(.GET, "/metrics", token: nil)
            #expect(answer.status == 401)
        }
    }

    private struct Prometheus: Addressed {
        let address: String

        /// What a query is answered with, if that is one number.
        func value(of query: String) async throws -> String? {
            let allowed = CharacterSet.alphanumerics
            let escaped = query.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
            // It may not listen yet.
            let answer = try? await self.request(.GET, "/api/v1/query?query=\(escaped)", token: nil)
            let result = answer?.json["data"]?["result"]?.arrayValue
            return result?.count == 1 ? result?[0]["value"]?.arrayValue?.last?.stringValue : nil
        }
    }
}
