/// Rows in aligned columns, without rules or boxes.
struct Table: Sendable {
    /// A column.
    struct Column: Sendable {
        /// What becomes of a column when the terminal is too narrow.
        enum Fit: Sendable {
            /// It stays as it is: a name that is cut is no name.
            case stays
            /// Its cells are cut: prose.
            case shrinks
            /// It is left out, the last one first.
            case vanishes
        }

        /// Its heading.
        var title: String
        /// Whether its cells end, rather than begin, in line: for numbers.
        var isNumeric: Bool
        /// What becomes of it when the terminal is too narrow.
        var fit: Fit

        init(_ title: String, isNumeric: Bool = false, _ fit: Fit = .stays) {
            self.title = title
            self.isNumeric = isNumeric
            self.fit = fit
        }
    }

    /// Between two columns.
    private static let gap = "  "
    /// What a column is not cut below.
    private static let narrowest = 12

    private var columns: [Column]
    private var rows: [[String]]

    /// A table; each row has a cell for each column.
    init(_ columns: [Column], _ rows: [[String]]) {
        self.columns = columns
        self.rows = rows.map { $0.map(\.printable) }
    }

    /// The table as text. With a width it is made to fit as far as its columns allow; without (a pipe, a file) it is
    /// whole.
    func text(_ style: Style, width: Int? = nil) -> String {
        var table = self
        if let width { table.leaveOut(within: width) }
        let widths = table.widths(within: width)
        let lines = table.rows.map { table.line($0, widths) + "\n" }
        return style.apply(.bold, table.line(table.columns.map(\.title), widths)) + "\n" + lines.joined()
    }

    /// Leaves out columns until the others fit when they are cut as far as they may be.
    private mutating func leaveOut(within limit: Int) {
        while let last = self.columns.lastIndex(where: { $0.fit == .vanishes }) {
            let least = zip(self.columns, self.natural).map { column, width in
                column.fit == .shrinks ? min(width, Self.narrowest) : width
            }
            guard Self.total(least) > limit else { return }
            self.columns.remove(at: last)
            for row in self.rows.indices { self.rows[row].remove(at: last) }
        }
    }

    private func widths(within limit: Int?) -> [Int] {
        var widths = self.natural
        guard let limit else { return widths }
        var excess = Self.total(widths) - limit
        let elastic = self.columns.indices.filter { self.columns[$0].fit == .shrinks }
        while excess > 0, let widest = elastic.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.narrowest {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    /// How wide the columns are when nothing is cut.
    private var natural: [Int] {
        self.columns.indices.map { column in
            self.rows.reduce(self.columns[column].title.displayWidth) { max($0, $1[column].displayWidth) }
        }
    }

    private static func total(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + Self.gap.count * (widths.count - 1)
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (position, cell) in cells.enumerated() {
            let shown = cell.truncated(to: widths[position])
            let padding = String(repeating: " ", count: max(0, widths[position] - shown.displayWidth))
            line += (position > 0 ? Self.gap : "")
            line += self.columns[position].isNumeric ? padding + shown : shown + padding
        }
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}
