public import FlagModel

/// When and where a ticket was used.
public struct SpentTicket: Sendable, Hashable {
    /// The longest name of an instance, in bytes; a longer one is cut.
    public static let maximumInstanceLength = 64

    /// When, by the clock of the instance.
    public let at: Timestamp
    /// The instance that consumed it.
    public let instance: String

    /// A use.
    public init(at: Timestamp, by instance: String) {
        self.at = at
        var instance = instance
        while instance.utf8.count > Self.maximumInstanceLength { instance.removeLast() }
        self.instance = instance
    }
}
