/// Why a stream cannot be read on. The parser that threw it is of no further use.
public enum EventStreamError: Error, Hashable, CustomStringConvertible {
    /// An event of more bytes than are taken.
    case tooLarge(limit: Int)

    /// What happened.
    public var description: String {
        switch self {
        case .tooLarge(let limit): "an event of more than \(limit) bytes came"
        }
    }
}
