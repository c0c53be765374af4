/// An answer other than the one hoped for.
struct Refusal: Sendable, Hashable, CustomStringConvertible {
    /// The slug of the problem that another process uses the instance's id.
    static let instanceIDTaken = "instance-id-taken"

    /// The HTTP status.
    var status: Int
    /// The slug of the problem, when the control plane stated one.
    var problem: String?
    /// What happened and what to do, when the control plane said so.
    var detail: String?
    /// How long it asks to be left alone.
    var retryAfter: Duration?

    /// Whether asking again will not help before somebody has done something: a token, a name, a permission.
    var isFinal: Bool {
        switch self.status {
        case 408, 425, 429: false
        case 300..<500: true
        default: false
        }
    }

    /// What happened.
    var description: String {
        "the control plane answered with HTTP \(self.status)" + (self.detail.map { ": \($0)" } ?? "")
    }
}
