internal import FlagModel

/// Remembers, while one value is decoded, the members that no type asked for.
///
/// A class because a decoder hands out containers by value; it never leaves the call that made it.
final class MemberJournal {
    private struct Visit {
        var path: String
        var members: Set<String>
        var asked: Set<String> = []
    }

    private var visits: [String: Visit] = [:]

    /// Notes that an object is read.
    func open(_ members: some Sequence<String>, at path: String) {
        if self.visits[path] == nil { self.visits[path] = Visit(path: path, members: Set(members)) }
    }

    /// Notes that a member is asked for.
    func ask(_ member: String, at path: String) {
        self.visits[path]?.asked.insert(member)
    }

    /// The members that nobody asked for.
    var unknown: [Issue] {
        self.visits.values.sorted { $0.path < $1.path }.flatMap { visit in
            visit.members.subtracting(visit.asked).sorted().map { member in
                let suggestion = NearestName.suggestion(for: member, among: visit.asked.sorted())
                let hint =
                    suggestion.map { "did you mean \"\($0)\"?" }
                    ?? "known are " + visit.asked.sorted().joined(separator: ", ")
                return Issue(
                    path: visit.path.isEmpty ? member : "\(visit.path).\(member)", message: "unknown member; \(hint)")
            }
        }
    }
}
