import CoreMetrics
import PrometheusMetrics
import Synchronization
import Testing

@Suite("Metrics of swift-metrics")
struct PrometheusFactoryTests {
    private static func lines(_ factory: PrometheusFactory) -> [Substring] {
        Exposition.text(factory.families).split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    @Test("Counters, gauges and timers are shown under names that Prometheus understands")
    func kinds() {
        let factory = PrometheusFactory()
        Counter(label: "http.requests", dimensions: [("status-class", "2xx")], factory: factory).increment(by: 2)
        let meter = Meter(label: "streams.open", factory: factory)
        meter.set(3)
        meter.decrement()
        Recorder(label: "queue", dimensions: [], aggregate: false, factory: factory).record(7)
        Timer(label: "commit", factory: factory).recordNanoseconds(3_000_000)
        let lines = Self.lines(factory)
        #expect(lines.contains("http_requests_total{status_class=\"2xx\"} 2"))
        #expect(lines.contains("streams_open 2"))
        #expect(lines.contains("queue 7"))
        #expect(lines.contains("commit_seconds_bucket{le=\"0.0025\"} 0"))
        #expect(lines.contains("commit_seconds_bucket{le=\"0.005\"} 1"))
        #expect(lines.contains("commit_seconds_sum 0.003"))
        #expect(lines.contains("commit_seconds_count 1"))
    }

    @Test("Whoever makes a metric of the same name and labels gets the same one")
    func same() {
        let factory = PrometheusFactory()
        for _ in 0..<3 { Counter(label: "a", dimensions: [("x", "1")], factory: factory).increment() }
        #expect(Self.lines(factory) == ["a_total{x=\"1\"} 3"])
    }

    @Test("What is known of a metric beforehand is shown with it")
    func described() {
        let factory = PrometheusFactory(
            descriptions: [MetricDescription("took_seconds", .histogram, "Time.", bounds: [1])])
        Timer(label: "took", factory: factory).recordSeconds(2)
        #expect(Exposition.text(factory.families).hasPrefix("# HELP took_seconds Time.\n"))
        #expect(Self.lines(factory).first == "took_seconds_bucket{le=\"1\"} 0")
        #expect(Self.lines(factory).count == 4)
    }

    @Test("Of endlessly many values of a label, those beyond the limit share a series, and that is told once")
    func overflow() {
        let told = Mutex<[String]>([])
        let factory = PrometheusFactory(limits: SeriesLimits(perName: 10, total: 15)) { name in
            told.withLock { $0.append(name) }
        }
        for name in ["a", "b", "c"] {
            for value in 0..<100 {
                Counter(label: name, dimensions: [("value", "\(value)")], factory: factory).increment()
            }
        }
        let lines = Self.lines(factory)
        #expect(lines.count <= 17)
        #expect(lines.contains("a_total{overflow=\"true\"} 90"))
        #expect(told.withLock { $0 } == ["a_total"])
    }

    @Test("A name that is another kind's is not shown twice")
    func otherKind() {
        let factory = PrometheusFactory()
        Meter(label: "a_total", factory: factory).set(1)
        Counter(label: "a", factory: factory).increment(by: 5)
        #expect(Self.lines(factory) == ["a_total 1"])
    }

    @Test("No addition is lost among many tasks")
    func concurrent() async {
        let factory = PrometheusFactory()
        let timer = Timer(label: "took", factory: factory)
        let meter = Meter(label: "up", factory: factory)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        timer.recordSeconds(1)
                        meter.increment()
                    }
                }
            }
        }
        let lines = Self.lines(factory)
        #expect(lines.contains("took_seconds_count 8000"))
        #expect(lines.contains("took_seconds_sum 8000"))
        #expect(lines.contains("up 8000"))
    }
}
