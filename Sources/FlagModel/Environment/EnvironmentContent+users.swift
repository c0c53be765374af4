// Who uses what.

extension EnvironmentContent {
    /// Which flags and segments use one.
    public struct Users: Sendable, Hashable, Codable, CustomStringConvertible {
        /// The flags, sorted.
        public var flags: [FlagKey]
        /// The segments, sorted.
        public var segments: [SegmentName]

        /// Users.
        public init(flags: [FlagKey], segments: [SegmentName]) {
            self.flags = flags
            self.segments = segments
        }

        /// Whether there are none.
        public var isEmpty: Bool { self.flags.isEmpty && self.segments.isEmpty }

        /// `the flags A, B and the segment c`.
        public var description: String {
            func list(_ noun: String, _ names: [String]) -> String? {
                names.isEmpty ? nil : "the \(noun)\(names.count > 1 ? "s" : "") \(names.joined(separator: ", "))"
            }
            return [list("flag", self.flags.map(\.text)), list("segment", self.segments.map(\.text))]
                .compactMap(\.self).joined(separator: " and ")
        }
    }

    /// Who names a segment.
    public func users(of segment: SegmentName) -> Users {
        Users(
            flags: self.flags.filter { Self.segments(in: $0.value.targeting).contains(segment) }.keys.sorted(),
            segments: self.segments.filter { Self.segments(in: $0.value.rule).contains(segment) }.keys.sorted())
    }

    /// Who requires a flag.
    public func users(of flag: FlagKey) -> Users {
        Users(
            flags: self.flags.filter { $0.value.prerequisites.contains { $0.flag == flag } }.keys.sorted(), segments: []
        )
    }

    /// The flags that require one of `flags`, or require one that does, and so on.
    public func dependants(of flags: Set<FlagKey>) -> Set<FlagKey> {
        let dependent = self.flags.filter { !$0.value.prerequisites.isEmpty }
        var found: Set<FlagKey> = []
        var frontier = flags
        while !frontier.isEmpty {
            let next = dependent.filter { key, definition in
                !found.contains(key) && definition.prerequisites.contains { frontier.contains($0.flag) }
            }
            frontier = Set(next.keys)
            found.formUnion(frontier)
        }
        return found
    }

    /// The flags whose rules name one of `segments`, directly or through other segments.
    public func flags(using segments: Set<SegmentName>) -> Set<FlagKey> {
        var reached = segments
        var frontier = segments
        while !frontier.isEmpty {
            let next = self.segments.filter { name, segment in
                !reached.contains(name) && !Self.segments(in: segment.rule).isDisjoint(with: frontier)
            }
            frontier = Set(next.keys)
            reached.formUnion(frontier)
        }
        return Set(self.flags.filter { !Self.segments(in: $0.value.targeting).isDisjoint(with: reached) }.keys)
    }

    /// The segments that a rule itself names. One that does not compile names none.
    private static func segments(in rule: JSONValue?) -> Set<SegmentName> {
        guard let rule, let expression = try? Expression(compiling: rule, at: "", segments: .open) else { return [] }
        return expression.segments
    }
}
