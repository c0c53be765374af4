// What holds between the parts of a content: whatever one names is there, and nothing requires itself.

extension EnvironmentContent {
    /// How many evaluations one flag may take in all: its own, and those of the flags that it requires, each counted as
    /// often as it is asked.
    public static let maximumPrerequisiteCost = 64

    /// What does not fit together between the flags and segments, with places under `flags` and `segments`.
    ///
    /// That each is valid in itself is seen to when it is read.
    public var issues: [Issue] {
        let segments = CompiledSegments(self.segments)
        var issues = segments.issues
        for (key, definition) in self.flags.sorted(by: { $0.key < $1.key }) {
            if let targeting = definition.targeting {
                do throws(Issue) {
                    _ = try Expression(compiling: targeting, at: "flags.\(key).targeting", segments: .table(segments))
                } catch {
                    issues.append(error)
                }
            }
            for (position, prerequisite) in definition.prerequisites.enumerated() {
                if let message = self.fault(of: prerequisite) {
                    issues.append(Issue(path: "flags.\(key).prerequisites[\(position)]", message: message))
                }
            }
        }
        return issues + self.prerequisiteIssues
    }

    private func fault(of prerequisite: Prerequisite) -> String? {
        guard let required = self.flags[prerequisite.flag] else {
            let hint = NearestName.suggestion(
                for: prerequisite.flag.text, among: self.flags.keys.map(\.text).sorted())
            return "there is no flag \(prerequisite.flag)" + (hint.map { "; did you mean \($0)?" } ?? "")
        }
        guard required.variants[prerequisite.variant] == nil else { return nil }
        let names = required.variants.keys.sorted().joined(separator: ", ").shortened(to: 300)
        return "\(prerequisite.flag) has no variant \"\(prerequisite.variant.shortened())\"; there are: \(names)"
    }

    /// Circles, and flags that would take too many evaluations.
    private var prerequisiteIssues: [Issue] {
        var costs: [FlagKey: Int] = [:]
        var issues: [Issue] = []
        for key in self.flags.keys.sorted() where self.flags[key]?.prerequisites.isEmpty == false {
            var onTheWay: [FlagKey] = []
            _ = self.cost(of: key, &onTheWay, &costs, &issues)
        }
        return issues
    }

    /// How many evaluations a flag takes; beyond the maximum, just more than that.
    private func cost(
        of key: FlagKey, _ onTheWay: inout [FlagKey], _ costs: inout [FlagKey: Int], _ issues: inout [Issue]
    ) -> Int {
        if let cost = costs[key] { return cost }
        let limit = Self.maximumPrerequisiteCost
        if let start = onTheWay.firstIndex(of: key) {
            let circle = (onTheWay[start...] + [key]).map(\.text).joined(separator: " → ")
            issues.append(Issue(path: "flags.\(key).prerequisites", message: "requires itself in a circle: \(circle)"))
            return 0
        }
        guard onTheWay.count <= limit else { return limit + 1 }
        onTheWay.append(key)
        defer { onTheWay.removeLast() }
        var cost = 1
        for prerequisite in self.flags[key]?.prerequisites ?? [] {
            cost = min(limit + 1, cost + self.cost(of: prerequisite.flag, &onTheWay, &costs, &issues))
        }
        if cost > limit {
            issues.append(
                Issue(
                    path: "flags.\(key).prerequisites",
                    message: "requires so many flags in turn that one answer takes more than \(limit) evaluations"))
        }
        costs[key] = cost
        return cost
    }
}
