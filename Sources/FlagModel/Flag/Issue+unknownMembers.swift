extension Issue {
    /// How many unknown members are told one by one.
    private static let mostUnknownMembers = 100

    /// The faults of an object at `path` with members that nobody knows, sorted by name; what lies beyond a hundred is
    /// only counted.
    package static func unknownMembers(
        _ unknown: some Collection<String>, known: some Collection<String>, at path: String
    ) -> [Issue] {
        guard !unknown.isEmpty else { return [] }
        let known = known.sorted()
        var issues = unknown.sorted().prefix(Self.mostUnknownMembers).map { member in
            let hint =
                NearestName.suggestion(for: member, among: known).map { "did you mean \"\($0)\"?" }
                ?? "known are " + known.joined(separator: ", ")
            let name = member.shortened()
            return Issue(path: path.isEmpty ? name : "\(path).\(name)", message: "unknown member; \(hint)")
        }
        if unknown.count > Self.mostUnknownMembers {
            let more = unknown.count - Self.mostUnknownMembers
            issues.append(Issue(path: path, message: "\(more) more unknown members"))
        }
        return issues
    }
}
