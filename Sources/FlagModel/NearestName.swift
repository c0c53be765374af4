/// Finds what a person who mistyped a name may have meant.
public enum NearestName {
    /// The candidate nearest to `name` by edits, upper and lower case alike, or nil when none is near enough to be a slip:
    /// a third of the longer name's length at most. Failing that, the first candidate that starts with `name`, if that has
    /// three letters or more: `prod` for `production`.
    ///
    /// An edit is a letter too many, too few or wrong, or two neighbours swapped (optimal string alignment distance).
    public static func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
        guard name.utf8.count <= Self.longest else { return nil }
        let wanted = Array(name.lowercased().utf8)
        var best: (distance: Int, candidate: String)?
        var abbreviated: String?
        for candidate in candidates where candidate.utf8.count <= Self.longest {
            let letters = Array(candidate.lowercased().utf8)
            if abbreviated == nil, wanted.count >= 3, letters.starts(with: wanted) { abbreviated = candidate }
            let limit = max(1, max(wanted.count, letters.count) / 3)
            // No fewer edits than the lengths differ by: most candidates need no table.
            guard abs(wanted.count - letters.count) <= limit else { continue }
            let distance = Self.distance(wanted, letters)
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.candidate ?? abbreviated
    }

    /// Names longer than this are not names that a person typed.
    private static let longest = 256

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            row.reserveCapacity(right.count + 1)
            for j in right.indices {
                let substitution = previous[j] + (left[i] == right[j] ? 0 : 1)
                var best = min(substitution, previous[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, beforePrevious[j - 1] + 1)
                }
                row.append(best)
            }
            beforePrevious = previous
            previous = row
        }
        return previous[right.count]
    }
}
