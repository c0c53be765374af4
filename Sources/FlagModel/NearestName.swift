/// Finds what a person who mistyped a name may have meant.
public enum NearestName {
    /// The candidate nearest to `name` by edits (Levenshtein distance, upper and lower case alike), or nil when none is
    /// near enough to be a slip: a third of the longer name's length at most.
    public static func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let distance = Self.distance(Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
            let limit = max(1, max(name.utf8.count, candidate.utf8.count) / 3)
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.candidate
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count <= 256, right.count <= 256 else { return .max }
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let substitution = diagonal + (byte == right[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
