internal import FlagModel
internal import HTTPTypes
internal import Hummingbird

/// A strong entity tag (RFC 9110, section 8.8.3).
struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// What stands between the quotation marks.
    let opaque: String

    init(opaque: String) {
        self.opaque = opaque
    }

    /// The tag of a snapshot: its revision and the beginning of its digest.
    init(_ snapshot: Snapshot) {
        self.init(opaque: "\(snapshot.revision)-\(snapshot.digest.prefix(16))")
    }

    /// The tag as it stands in a header.
    var description: String { "\"\(self.opaque)\"" }

    /// Whether a request that has this tag's content already says so, so that 304 is the answer.
    func isNoneMatch(of request: Request) -> Bool {
        let fields = request.headers[values: .ifNoneMatch]
        return !fields.isEmpty && EntityTagCondition(fields).matches(self)
    }
}
