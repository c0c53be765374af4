import FlagAPI

extension InstanceSummary {
    /// The columns of ``row``.
    static let columns: [Table.Column] = [
        .init("INSTANCE"), .init("NAME", .shrinks), .init("VERSION", .vanishes), .init("REVISION", isNumeric: true),
        .init("STATE"), .init("LAG", isNumeric: true), .init("LAST SEEN"), .init("SOURCE", .vanishes),
    ]

    /// The cells of a row in a table of instances.
    var row: [String] {
        [
            self.id, self.name, self.version ?? "", String(self.revision), self.state.rawValue, String(self.lag),
            self.lastSeen.short, self.source.rawValue + (self.isMissed ? ", not connected" : ""),
        ]
    }

    /// Whether it should hold a stream open, and does not: the server's own runtime needs none, nor does who polls.
    private var isMissed: Bool { self.source == .stream && self.state != .current && !self.connected }
}
