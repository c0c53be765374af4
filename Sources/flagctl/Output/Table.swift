/// Rows in aligned columns, without rules or boxes.
struct Table: Sendable {
    /// A column.
    struct Column: Sendable {
        /// Its heading.
        var title: String
        /// Whether its cells end, rather than begin, in line: for numbers.
        var isNumeric = false

        init(_ title: String, isNumeric: Bool = false) {
            self.title = title
            self.isNumeric = isNumeric
        }
    }

    /// Between two columns.
    private static let gap = "  "
    /// What a column is not cut below.
    private static let narrowest = 12

    private let columns: [Column]
    private let rows: [[String]]

    /// A table; each row has a cell for each column.
    init(_ columns: [Column], _ rows: [[String]]) {
        self.columns = columns
        self.rows = rows.map { $0.map(\.printable) }
    }

    /// The table as text. With a width, the widest columns are cut until it fits; without (a pipe, a file) nothing is.
    func text(_ style: Style, width: Int? = nil) -> String {
        let widths = self.widths(within: width)
        var text = style.apply(.bold, self.line(self.columns.map(\.title), widths)) + "\n"
        for row in self.rows { text += self.line(row, widths) + "\n" }
        return text
    }

    private func widths(within limit: Int?) -> [Int] {
        var widths = self.columns.indices.map { column in
            self.rows.map { $0[column].displayWidth }.max().map { max($0, self.columns[column].title.displayWidth) }
                ?? self.columns[column].title.displayWidth
        }
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + Self.gap.count * (widths.count - 1) - limit
        while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > Self.narrowest
        {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
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
