/// Why a byte stream is not an acceptable sequence of replies. The connection it came from has to be closed.
enum ReplyParserError: Error, Hashable {
    /// hiredis found the bytes malformed; its own words.
    case malformed(String)
    /// One of ``ReplyLimits`` was passed; which one.
    case tooLarge(String)
    /// An error was reported before, and a reader cannot be used after that.
    case dead
    /// hiredis got no memory for a reader.
    case noMemory
}

extension ReplyParserError: CustomStringConvertible {
    var description: String {
        switch self {
        case .malformed(let reason): "malformed reply (\(reason)); is this port really Redis?"
        case .tooLarge(let limit): "the reply exceeds the limit of \(limit)"
        case .dead: "the reader has failed before"
        case .noMemory: "there is no memory for a reader"
        }
    }
}
