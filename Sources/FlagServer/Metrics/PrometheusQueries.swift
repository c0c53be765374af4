internal import AsyncHTTPClient
internal import ControlPlane
internal import FlagModel
internal import ServiceLifecycle
internal import Synchronization

/// Keeps the answers to the queries that guards ask: who reads one gets the last answer at once, and has it asked again
/// every few seconds for as long as somebody reads it.
final class PrometheusQueries: Service {
    /// How often a query is asked.
    static let interval = Duration.seconds(5)
    /// How many queries are asked at most.
    private static let limit = 200

    private struct Entry {
        var answer = QueryAnswer.nothing("it is being asked")
        var isWanted = true
    }

    private let address: PrometheusAddress?
    private let now: @Sendable () -> Timestamp
    private let interval: Duration
    private let entries = Mutex<[String: Entry]>([:])

    /// - Parameter address: The Prometheus; nil: there is none, and no query has an answer.
    init(
        address: PrometheusAddress?, now: @escaping @Sendable () -> Timestamp, interval: Duration = interval
    ) {
        self.address = address
        self.now = now
        self.interval = interval
    }

    /// The last answer.
    @Sendable
    func answer(_ condition: QueryCondition) -> QueryAnswer {
        guard self.address != nil else {
            return .nothing("the server has no Prometheus to ask; set \(Setting.prometheusURL.variable)")
        }
        return self.entries.withLock { entries in
            guard entries.count < Self.limit || entries[condition.query] != nil else {
                return .nothing("more than \(Self.limit) queries are asked")
            }
            entries[condition.query, default: Entry()].isWanted = true
            return entries[condition.query, default: Entry()].answer
        }
    }

    func run() async throws {
        guard let address = self.address else {
            try? await gracefulShutdown()
            return
        }
        var configuration = HTTPClient.Configuration()
        // The address is the operator's, and where it leads as well.
        configuration.redirectConfiguration = .disallow
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let client = PrometheusClient(http: http, address: address, now: self.now)
        for await _ in AsyncStream.ticks(every: self.interval).cancelOnGracefulShutdown() { await self.ask(client) }
        try await http.shutdown()
    }

    /// Asks all that somebody has read since the last time, a few at a time, and forgets the others.
    private func ask(_ client: PrometheusClient) async {
        let queries = self.entries.withLock { entries in
            entries = entries.filter(\.value.isWanted)
            for query in Array(entries.keys) { entries[query]?.isWanted = false }
            return Array(entries.keys)
        }
        await withTaskGroup(of: (String, QueryAnswer).self) { group in
            var waiting = queries.makeIterator()
            for _ in 0..<8 {
                guard let query = waiting.next() else { break }
                group.addTask { (query, await client.ask(query)) }
            }
            for await (query, answer) in group {
                self.entries.withLock { $0[query]?.answer = answer }
                if let next = waiting.next() { group.addTask { (next, await client.ask(next)) } }
            }
        }
    }
}
