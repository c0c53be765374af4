/// Why the control plane did not answer a request as hoped.
enum TransportFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no way there.
    case unreachable(String)
    /// The connection broke.
    case cut(String)
    /// It took too long.
    case timedOut
    /// It answered with an error.
    case refused(Refusal)
    /// Something answered that is not a control plane, or with more than is taken.
    case unusable(String)

    /// What happened.
    var description: String {
        switch self {
        case .unreachable(let reason): "the control plane cannot be reached: \(reason)"
        case .cut(let reason): "the connection to the control plane broke: \(reason)"
        case .timedOut: "the control plane did not answer in time"
        case .refused(let refusal): refusal.description
        case .unusable(let reason): "what answered is not a control plane: \(reason)"
        }
    }

    /// What it means for what comes next.
    var consequence: ConnectionFailure {
        switch self {
        case .unreachable: .unreachable
        case .cut: .cut
        case .timedOut: .silent
        case .unusable: .unusable
        case .refused(let refusal):
            refusal.isFinal ? .refused(retryAfter: refusal.retryAfter) : .unavailable(retryAfter: refusal.retryAfter)
        }
    }
}
