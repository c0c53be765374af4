/// Why there is no answer.
enum TransportError: Error, Hashable {
    /// No connection, or a broken one, in the system's words.
    case unreachable(String)
    /// No answer within the time allowed.
    case timedOut
    /// An answer of more bytes than are taken.
    case tooLarge(limit: Int)
}
