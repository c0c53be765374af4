import FlagAPI
import FlagModel

extension PathwaySummary {
    /// The columns of ``row``.
    static let columns: [Table.Column] = [
        .init("PATHWAY"), .init("FLAG", .vanishes), .init("OPEN TO"), .init("ATTEMPTS", isNumeric: true),
        .init("GRANTED", isNumeric: true), .init("LAST USE"), .init("COUNTED SINCE", .vanishes),
    ]

    /// The cells of a row in a table of pathways.
    var row: [String] {
        [
            self.pathway, self.flag.text, self.openTo, self.attempts.grouped, self.grants.grouped,
            self.lastGrant?.short ?? "never", self.watchedSince?.short ?? "not yet",
        ]
    }

    private var openTo: String {
        switch (self.reach, self.percentage) {
        case (.some, let percentage?): Percentage(percent: percentage)?.description ?? "some"
        case (let reach, _): reach.rawValue
        }
    }
}
