/// A list of named facts, the names in one column and the facts in the next.
struct Facts: Sendable {
    private var facts: [(name: String, fact: String)] = []

    /// Adds a fact; nil is left out.
    mutating func add(_ name: String, _ fact: String?) {
        if let fact { self.facts.append((name, fact)) }
    }

    /// The facts as text; a fact of several lines keeps them, indented.
    func text(_ style: Style) -> String {
        let width = self.facts.map(\.name.displayWidth).max() ?? 0
        return self.facts.map { name, fact in
            let padding = String(repeating: " ", count: width - name.displayWidth + 2)
            let margin = String(repeating: " ", count: width + 2)
            let lines = fact.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
            return style.apply(.dim, name) + padding + lines.joined(separator: "\n" + margin) + "\n"
        }.joined()
    }
}
