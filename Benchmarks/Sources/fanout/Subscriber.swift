import NIOCore

/// What a connection does with the messages that it is sent.
protocol Subscriber {
    /// What a message ends with.
    static var separator: String { get }

    /// Takes in a message.
    ///
    /// - Returns: The number of the change that it brought; nil: none.
    mutating func receive(_ message: ByteBuffer) throws -> Int?
}
