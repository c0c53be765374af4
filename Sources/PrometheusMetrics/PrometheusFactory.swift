public import CoreMetrics
internal import Synchronization

/// Metrics of swift-metrics, kept to be scraped by Prometheus.
///
/// ```swift
/// let factory = PrometheusFactory()
/// MetricsSystem.bootstrap(factory)
/// let text = Exposition.text(factory.families)
/// ```
///
/// Counters end in `_total`; timers are histograms in seconds and end in `_seconds`; recorders are histograms if they are to
/// be aggregated, else gauges. Who makes a metric of a name and labels that there are gets the same one. Series are kept for
/// as long as the process runs, within ``SeriesLimits``: what there is no room for is counted in one series of its name that
/// is labelled `overflow="true"`.
public final class PrometheusFactory: MetricsFactory {
    private let descriptions: [String: MetricDescription]
    private let table: Mutex<SeriesTable>
    private let hasOverflowed = Atomic(false)
    private let onOverflow: @Sendable (_ name: String) -> Void

    /// A factory without metrics.
    ///
    /// - Parameters:
    ///   - descriptions: What is known of metrics beforehand; the others explain themselves by their names.
    ///   - limits: How many series there may be.
    ///   - onOverflow: Called once, when there is no room for a series.
    public init(
        descriptions: [MetricDescription] = [], limits: SeriesLimits = SeriesLimits(),
        onOverflow: @escaping @Sendable (_ name: String) -> Void = { _ in }
    ) {
        self.descriptions = Dictionary(descriptions.map { ($0.name, $0) }) { $1 }
        self.table = Mutex(SeriesTable(limits: limits))
        self.onOverflow = onOverflow
    }

    /// Everything as it is now.
    public var families: [MetricFamily] { self.table.withLock { $0.snapshot } }

    /// A counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        switch self.cell(label, .counter, suffix: "_total", dimensions) {
        case .counter(let cell): cell
        case .gauge, .histogram: CounterCell()
        }
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        self.gauge(label, dimensions)
    }

    /// A histogram, or if it is not to be aggregated a gauge.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate ? self.histogram(label, suffix: "", dimensions) : self.gauge(label, dimensions)
    }

    /// A histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        self.histogram(label, suffix: "_seconds", dimensions)
    }

    /// Does nothing: what was counted stays to be scraped.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Does nothing: what was counted stays to be scraped.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Does nothing: what was counted stays to be scraped.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Does nothing: what was counted stays to be scraped.
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeCell {
        switch self.cell(label, .gauge, suffix: "", dimensions) {
        case .gauge(let cell): cell
        case .counter, .histogram: GaugeCell()
        }
    }

    private func histogram(_ label: String, suffix: String, _ dimensions: [(String, String)]) -> HistogramCell {
        switch self.cell(label, .histogram, suffix: suffix, dimensions) {
        case .histogram(let cell): cell
        case .counter, .gauge: HistogramCell(bounds: MetricDescription.latencyBounds)
        }
    }

    private func cell(
        _ label: String, _ kind: MetricDescription.Kind, suffix: String, _ dimensions: [(String, String)]
    ) -> SeriesTable.Cell {
        let name = MetricName.metric(label, suffix: suffix)
        let known = self.descriptions[name].flatMap { $0.kind == kind ? $0 : nil }
        let description = known ?? MetricDescription(name, kind, "What the program calls \(label).")
        let (cell, isOwn) = self.table.withLock { $0.cell(description, Labels(dimensions)) }
        if !isOwn, !self.hasOverflowed.exchange(true, ordering: .relaxed) { self.onOverflow(name) }
        return cell
    }
}
