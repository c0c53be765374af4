import Foundation
import Testing

/// The ```console blocks of a document: what a reader types after `$ `, and what the document says comes back.
struct Transcript {
    struct Step {
        var command: String
        var expected: [String]
    }

    var steps: [Step] = []

    init(of document: String) {
        var isInside = false
        for line in document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside {
                if line.hasPrefix("$ ") {
                    self.steps.append(Step(command: String(line.dropFirst(2)), expected: []))
                } else if line.hasPrefix("> "), var last = self.steps.popLast(), last.expected.isEmpty {
                    last.command += "\n" + line.dropFirst(2)
                    self.steps.append(last)
                } else if !self.steps.isEmpty {
                    self.steps[self.steps.count - 1].expected.append(line)
                }
            }
        }
    }

    /// Whether a line that was printed is the one that the document shows; `…` stands for anything.
    static func matches(_ line: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "…", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { return line.trimmingTrailingSpace == pattern.trimmingTrailingSpace }
        guard line.hasPrefix(parts[0]), line.hasSuffix(parts[parts.count - 1].trimmingTrailingSpace) else {
            return false
        }
        var rest = line.dropFirst(parts[0].count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.range(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}

extension Transcript.Step {
    /// Expects that `printed` is what the document shows, line by line; a line `…` stands for any number of them.
    func expectPrinted(_ printed: String) {
        var lines = printed.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        var expected = self.expected.filter { !$0.isEmpty }
        if let gap = expected.firstIndex(of: "…") {
            // What stands after the gap is compared from the end.
            let after = expected.count - gap - 1
            guard lines.count >= gap + after else {
                Issue.record("$ \(self.command)\nprinted too little:\n\(printed)")
                return
            }
            lines.removeSubrange(gap..<lines.count - after)
            expected.remove(at: gap)
        }
        #expect(lines.count == expected.count, "$ \(self.command)\n\(printed)")
        for (line, pattern) in zip(lines, expected) {
            #expect(
                Transcript.matches(line, pattern), "$ \(self.command)\nprinted:  \(line)\ndocument: \(pattern)")
        }
    }
}

extension String {
    fileprivate var trimmingTrailingSpace: String {
        String(self.reversed().drop { $0 == " " }.reversed())
    }
}
