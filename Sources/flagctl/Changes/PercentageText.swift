import FlagModel

/// Reads a share of users as people write it.
enum PercentageText {
    /// A text is not a share that a rollout can have.
    struct Invalid: Error, Hashable, CustomStringConvertible {
        /// What is wrong and what is expected.
        let description: String
    }

    /// `25`, `25%`, `25 %` or `0.001`.
    static func parse(_ text: String) throws(Invalid) -> Percentage {
        let number = text.last == "%" ? text.dropLast().trimmingSuffix(while: { $0 == " " }) : text[...]
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber =
            (1...2).contains(parts.count)
            && parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isNumber, let percent = Double(number) else {
            throw Invalid(description: "\"\(text.printable)\" is not a percentage: write 25, 25% or 0.001")
        }
        guard percent <= 100 else {
            throw Invalid(description: "\(text) is out of range: a percentage is 0 to 100")
        }
        guard let percentage = Percentage(percent: percent) else {
            throw Invalid(description: "\(text) is too fine: a percentage has steps of 0.001")
        }
        return percentage
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var result = self
        while let last = result.last, predicate(last) { result.removeLast() }
        return result
    }
}
