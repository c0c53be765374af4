import AsyncHTTPClient
import ControlPlane
import FlagModel
import TestRedis
import TestSupport
import Testing

@testable import FlagServer

@Suite("Asking Prometheus")
struct PrometheusClientTests {
    private static let now = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)

    private static func answer(_ body: String, status: UInt = 200) -> QueryAnswer {
        PrometheusClient.answer(status: status, Array(body.utf8), at: Self.now)
    }

    private static func vector(_ samples: String) -> QueryAnswer {
        Self.answer(#"{"status":"success","data":{"resultType":"vector","result":[\#(samples)]}}"#)
    }

    private static func isNothing(_ answer: QueryAnswer) -> Bool {
        if case .nothing = answer { true } else { false }
    }

    @Test("A scalar and a vector of one are numbers")
    func numbers() {
        let scalar = #"{"status":"success","data":{"resultType":"scalar","result":[1750000000.1,"0.25"]}}"#
        #expect(Self.answer(scalar) == .value(0.25, at: Self.now))
        #expect(Self.vector(#"{"metric":{},"value":[1,"3"]}"#) == .value(3, at: Self.now))
        #expect(Self.vector(#"{"metric":{},"value":[1,"+Inf"]}"#) == .value(.infinity, at: Self.now))
    }

    @Test(
        "Everything else is no answer",
        arguments: [
            "", "nonsense", "{}", #"{"status":"error","error":"parse error"}"#,
            #"{"status":"success","data":{"resultType":"vector","result":[]}}"#,
            #"{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"1"]},{"value":[1,"2"]}]}}"#,
            #"{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"NaN"]}]}}"#,
            #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#,
            #"{"status":"success","data":{"resultType":"string","result":[1,"1"]}}"#,
        ])
    func nothing(_ body: String) {
        #expect(Self.isNothing(Self.answer(body)))
        #expect(Self.isNothing(Self.answer(body, status: 500)))
    }

    @Test("Only http and https addresses without credentials or query are taken")
    func addresses() {
        #expect(PrometheusAddress("http://127.0.0.1:9090/")?.description == "http://127.0.0.1:9090")
        #expect(PrometheusAddress("https://example.com/prometheus")?.description == "https://example.com/prometheus")
        for text in ["ftp://x", "http://", "http:///x", "http://user:word@x", "http://x?y", "http://x y", "x"] {
            #expect(PrometheusAddress(text) == nil, "\(text)")
        }
    }

    @Test("A real Prometheus answers, refuses what is no query, and has nothing to say of what it does not know")
    func real() async throws {
        try await TestPrometheusServer.withServer { address in
            let address = try #require(PrometheusAddress(address))
            let client = PrometheusClient(http: .shared, address: address, now: { Self.now })
            try await eventually("Prometheus answers") { await client.ask("vector(0.5)") == .value(0.5, at: Self.now) }
            #expect(await client.ask("1 + 1") == .value(2, at: Self.now))
            #expect(await client.ask("0 / 0") == .nothing("the answer is not a number"))
            #expect(await client.ask("no_such_metric") == .nothing("the answer is empty"))
            guard case .nothing(let problem) = await client.ask("sum(") else { throw Unexpected() }
            #expect(problem.hasPrefix("Prometheus refuses the query: "))
            // What it scrapes of itself.
            try await eventually("it has scraped") { await client.ask("count(up)") == .value(1, at: Self.now) }
        }
    }

    @Test("A Prometheus that is not there has nothing to say")
    func away() async throws {
        let address = try #require(PrometheusAddress("http://127.0.0.1:1"))
        let client = PrometheusClient(http: .shared, address: address, now: { Self.now })
        #expect(await client.ask("1") == .nothing("Prometheus does not answer"))
    }

    private struct Unexpected: Error {}
}
