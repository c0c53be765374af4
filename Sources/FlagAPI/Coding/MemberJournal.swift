internal import FlagModel

/// Remembers, while one value is decoded, the members that no type asked for.
///
/// A class because a decoder hands out containers by value; it never leaves the call that made it.
final class MemberJournal {
    private struct Visit {
        var members: Set<String>
        var asked: Set<String> = []
    }

    private var visits: [String: Visit] = [:]

    /// Notes that the object at `path` is read. A value that is read again, by a type that tries two forms, is one visit.
    func open(_ members: some Sequence<String>, at path: String) {
        if self.visits[path] == nil { self.visits[path] = Visit(members: Set(members)) }
    }

    /// Notes that a member of the object at `path` is asked for.
    func ask(_ member: String, at path: String) {
        self.visits[path]?.asked.insert(member)
    }

    /// The member of the object at `path` that nobody asked for so far and that looks like `missing` misspelt.
    func slip(for missing: String, at path: String) -> String? {
        guard let visit = self.visits[path] else { return nil }
        return NearestName.suggestion(for: missing, among: visit.members.subtracting(visit.asked).sorted())
    }

    /// The members that nobody asked for.
    var unknown: [Issue] {
        self.visits.sorted { $0.key < $1.key }.flatMap { path, visit in
            Issue.unknownMembers(visit.members.subtracting(visit.asked), known: visit.asked, at: path)
        }
    }
}
