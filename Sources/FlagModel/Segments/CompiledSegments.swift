/// The segments of a content, compiled once and shared by every rule that names them.
struct CompiledSegments: Sendable {
    /// A compiled segment with what it adds to a rule that names it.
    struct Entry: Sendable {
        var expression: Expression
        /// How many levels it is deep.
        var depth: Int
        /// How many parts it has, those of the segments that it names counted each time.
        var size: Int
    }

    /// What is wrong with the segments, with places under `segments`.
    private(set) var issues: [Issue] = []

    private let definitions: [SegmentName: Segment]
    private var entries: [SegmentName: Entry] = [:]

    /// Compiles all of them. One that is at fault is left out, and a rule that names it does not compile.
    init(_ definitions: [SegmentName: Segment]) {
        self.definitions = definitions
        var onTheWay: [SegmentName] = []
        var faulty: Set<SegmentName> = []
        for name in definitions.keys.sorted() { self.compile(name, &onTheWay, &faulty) }
    }

    /// The segment of that name.
    subscript(_ name: SegmentName) -> Entry? { self.entries[name] }

    /// Why there is no entry of a name, and what to do about it.
    func absence(of name: SegmentName) -> String {
        if self.definitions[name] != nil { return "the segment \"\(name)\" is at fault itself; mend it first" }
        let nothing = "there is no segment \"\(name)\""
        // Where so much is wrong nobody made a slip.
        guard self.issues.count < 10 else { return nothing }
        let nearest = NearestName.suggestion(for: name.text, among: self.definitions.keys.map(\.text).sorted())
        return nothing + (nearest.map { "; did you mean \($0)?" } ?? "")
    }

    /// Compiles a segment after those that it names.
    private mutating func compile(
        _ name: SegmentName, _ onTheWay: inout [SegmentName], _ faulty: inout Set<SegmentName>
    ) {
        guard self.entries[name] == nil, !faulty.contains(name), let segment = self.definitions[name] else { return }
        if let start = onTheWay.firstIndex(of: name) {
            let circle = (onTheWay[start...] + [name]).map(\.text).joined(separator: " → ")
            self.issues.append(Issue(path: "segments.\(name)", message: "names itself in a circle: \(circle)"))
            faulty.insert(name)
            return
        }
        guard onTheWay.count < Expression.maximumDepth else {
            self.issues.append(
                Issue(path: "segments.\(name)", message: "reaches over more than \(onTheWay.count) segments"))
            faulty.insert(name)
            return
        }
        onTheWay.append(name)
        defer { onTheWay.removeLast() }
        do throws(Issue) {
            let path = "segments.\(name).rule"
            let outline = try Expression(compiling: segment.rule, at: path, segments: .open)
            for other in outline.segments.sorted() { self.compile(other, &onTheWay, &faulty) }
            guard !faulty.contains(name) else { return }
            var measure = Expression.Measure()
            let expression = try Expression(compiling: segment.rule, at: path, segments: .table(self), &measure)
            self.entries[name] = Entry(expression: expression, depth: measure.depth, size: measure.size)
        } catch {
            faulty.insert(name)
            self.issues.append(error)
        }
    }
}
