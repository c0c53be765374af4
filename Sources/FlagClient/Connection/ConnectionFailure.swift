/// Why a stream ended or a poll brought nothing, as far as it matters for what comes next.
enum ConnectionFailure: Sendable, Hashable {
    /// Nobody listens, or the way there is broken. Polling would not fare better.
    case unreachable
    /// The connection broke, or the server went away without a word.
    case cut
    /// Nothing came for too long.
    case silent
    /// What came is not what a control plane sends.
    case unusable
    /// The server is there and cannot serve at the moment.
    case unavailable(retryAfter: Duration?)
    /// The request itself is refused: a token, an environment. Repeating it fast is of no use.
    case refused(retryAfter: Duration?)
}
