import PrometheusMetrics
import Testing

@Suite("Prometheus' text format")
struct ExpositionTests {
    @Test("A counter has a help, a type and a line for each series")
    func counter() {
        let family = MetricFamily(
            MetricDescription("requests_total", .counter, "Requests."),
            [
                .init(["route": "/a", "status": "2xx"], .number(3)),
                .init(["route": "/b", "status": "2xx"], .number(0)),
            ])
        #expect(
            Exposition.text([family]) == """
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{route="/a",status="2xx"} 3
                requests_total{route="/b",status="2xx"} 0

                """)
    }

    @Test("A histogram's buckets are added up, and its last one has no bound")
    func histogram() {
        let family = MetricFamily(
            MetricDescription("took_seconds", .histogram, "Time.", bounds: [0.01, 2.5]),
            [.init(["operation": "issue"], .buckets([2, 1, 1], sum: 3.25))])
        #expect(
            Exposition.text([family]) == """
                # HELP took_seconds Time.
                # TYPE took_seconds histogram
                took_seconds_bucket{operation="issue",le="0.01"} 2
                took_seconds_bucket{operation="issue",le="2.5"} 3
                took_seconds_bucket{operation="issue",le="+Inf"} 4
                took_seconds_sum{operation="issue"} 3.25
                took_seconds_count{operation="issue"} 4

                """)
    }

    @Test("Backslashes, line breaks and quotes are escaped")
    func escaping() {
        let family = MetricFamily(
            MetricDescription("odd", .gauge, "A \\ and\na \"quote\"."),
            [.init(["value": "a\\b\n\"c\""], .number(-0.5))])
        #expect(
            Exposition.text([family]) == #"""
                # HELP odd A \\ and\na "quote".
                # TYPE odd gauge
                odd{value="a\\b\n\"c\""} -0.5

                """#)
    }

    @Test("What is no number is written as Prometheus writes it")
    func specials() {
        let description = MetricDescription("odd", .gauge, "Odd.")
        for (number, text) in [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e21, "1e+21")] {
            #expect(
                Exposition.text([MetricFamily(description, [.init([:], .number(number))])]).hasSuffix("odd \(text)\n"))
        }
    }

    @Test("Metrics come by name, and one without series not at all")
    func order() {
        let families = ["b", "a", "c"].map { name in
            MetricFamily(MetricDescription(name, .gauge, name), name == "c" ? [] : [.init([:], .number(1))])
        }
        let lines = Exposition.text(families).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines == ["a 1", "b 1"])
    }
}
