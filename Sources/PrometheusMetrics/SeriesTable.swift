/// The series that there are, within limits.
struct SeriesTable: Sendable {
    /// What a series is kept in.
    enum Cell: Sendable {
        case counter(CounterCell)
        case gauge(GaugeCell)
        case histogram(HistogramCell)

        init(_ description: MetricDescription) {
            self =
                switch description.kind {
                case .counter: .counter(CounterCell())
                case .gauge: .gauge(GaugeCell())
                case .histogram: .histogram(HistogramCell(bounds: description.bounds))
                }
        }

        var value: MetricFamily.Value {
            switch self {
            case .counter(let cell): cell.value
            case .gauge(let cell): cell.value
            case .histogram(let cell): cell.value
            }
        }
    }

    private struct Family {
        var description: MetricDescription
        var cells: [Labels: Cell] = [:]
    }

    /// The labels of the series that takes what there is no room for.
    static let overflow: Labels = ["overflow": "true"]

    private let limits: SeriesLimits
    private var families: [String: Family] = [:]
    private var count = 0

    init(limits: SeriesLimits) {
        self.limits = limits
    }

    /// The cell of a series, which is made if there is room for it; else that of its name's overflow; where there is no room
    /// for that either, or the name is another kind's, one that is shown nowhere.
    ///
    /// - Returns: The cell, and whether it is the series' own.
    mutating func cell(_ description: MetricDescription, _ labels: Labels) -> (Cell, isOwn: Bool) {
        var family = self.families[description.name] ?? Family(description: description)
        guard family.description.kind == description.kind else { return (Cell(description), false) }
        if let known = family.cells[labels] { return (known, true) }
        let hasRoom = family.cells.count < self.limits.perName && self.count < self.limits.total
        let place = hasRoom ? labels : Self.overflow
        if !hasRoom {
            if let known = family.cells[place] { return (known, false) }
            // Names that come when everything is full are not worth a line each.
            if family.cells.isEmpty { return (Cell(description), false) }
        }
        let cell = Cell(family.description)
        family.cells[place] = cell
        self.families[description.name] = family
        self.count += 1
        return (cell, hasRoom)
    }

    /// Everything as it is now, series by their labels.
    var snapshot: [MetricFamily] {
        self.families.values.map { family in
            let samples = family.cells.map { MetricFamily.Sample($0.key, $0.value.value) }
            return MetricFamily(
                family.description,
                samples.sorted { $0.labels.all.lexicographicallyPrecedes($1.labels.all) { $0.value < $1.value } })
        }
    }
}
