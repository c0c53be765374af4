/// A step of a changeset that cannot be done.
public struct InvalidChange: Error, Hashable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Kind: Sendable, Hashable {
        /// There is no flag of that key.
        case unknownFlag
        /// There is no segment of that name.
        case unknownSegment
        /// The result would not be a valid definition.
        case invalid
    }

    /// The step, counted from 0.
    public var position: Int
    /// What kind of fault it is.
    public var kind: Kind
    /// What is wrong.
    public var issues: [Issue]

    /// A fault.
    public init(position: Int, kind: Kind, issues: [Issue]) {
        self.position = position
        self.kind = kind
        self.issues = issues
    }

    init(unknown key: FlagKey, among keys: some Sequence<FlagKey>, position: Int) {
        let suggestion = NearestName.suggestion(for: key.text, among: keys.map(\.text).sorted())
        let hint = suggestion.map { "did you mean \($0)?" } ?? "list the flags to see what there is"
        self.init(
            position: position, kind: .unknownFlag,
            issues: [Issue(path: key.text, message: "there is no such flag; \(hint)")])
    }

    init(unknown name: SegmentName, among names: some Sequence<SegmentName>, position: Int) {
        let suggestion = NearestName.suggestion(for: name.text, among: names.map(\.text).sorted())
        let hint = suggestion.map { "did you mean \($0)?" } ?? "list the segments to see what there is"
        self.init(
            position: position, kind: .unknownSegment,
            issues: [Issue(path: name.text, message: "there is no such segment; \(hint)")])
    }

    /// The faults, one a line.
    public var description: String { self.issues.map(\.description).joined(separator: "\n") }
}
