/// How much of one reply is accepted before the connection is closed. hiredis itself has no such limits.
struct ReplyLimits: Sendable, Hashable {
    /// The bytes of one whole reply, all elements of an array taken together.
    var bytes = 16 << 20
    /// The elements of one whole reply, nested ones included.
    var elements = 1 << 16
    /// The bytes of a line (status, error, integer, or a length), which hiredis scans again with every feed.
    var lineBytes = 64 << 10
    /// The depth of nested arrays; hiredis stops at seven by itself.
    var depth = 7
}
