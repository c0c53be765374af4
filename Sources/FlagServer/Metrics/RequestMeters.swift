internal import CoreMetrics
internal import HTTPTypes
internal import PrometheusMetrics
internal import Synchronization

/// Counts requests. A meter is made when it is first needed; after that, counting is a look-up.
final class RequestMeters: Sendable {
    private struct Route: Hashable {
        var method: String
        var template: String
    }

    private struct Meters {
        /// By the first digit of the status.
        var counters: [Int: Counter] = [:]
        var timer: Timer
    }

    /// Methods that are counted under their names; a client may send any.
    private static let methods: Set<String> = ["GET", "HEAD", "PUT", "POST", "DELETE"]

    private let factory: PrometheusFactory
    private let meters = Mutex<[Route: Meters]>([:])

    init(factory: PrometheusFactory) {
        self.factory = factory
    }

    /// Counts a request.
    ///
    /// - Parameters:
    ///   - template: The route's path with its parameters' names in braces; never what was sent.
    ///   - nanoseconds: How long it took to begin its answer.
    func count(_ method: HTTPRequest.Method, _ template: String, status: Int, nanoseconds: Int64) {
        let name = Self.methods.contains(method.rawValue) ? method.rawValue : "other"
        let route = Route(method: name, template: template)
        let (counter, timer) = self.meters.withLock { meters in
            let timer = meters[route]?.timer ?? self.timer(of: route)
            let counter = meters[route]?.counters[status / 100] ?? self.counter(of: route, status: status / 100)
            meters[route, default: Meters(timer: timer)].counters[status / 100] = counter
            return (counter, timer)
        }
        counter.increment()
        timer.recordNanoseconds(nanoseconds)
    }

    private func timer(of route: Route) -> Timer {
        Timer(
            label: ServerMetric.requestDuration.name,
            dimensions: [("method", route.method), ("route", route.template)], factory: self.factory)
    }

    private func counter(of route: Route, status: Int) -> Counter {
        Counter(
            label: ServerMetric.requests.name,
            dimensions: [("method", route.method), ("route", route.template), ("status", "\(status)xx")],
            factory: self.factory)
    }
}
