internal import NIOCore

/// Server-Sent Events as bytes (WHATWG HTML, section 9.2).
enum EventFrame {
    /// What a stream begins with: a comment, so that something arrives at once, and how long a client waits before it
    /// comes back, in milliseconds.
    static let greeting = ByteBuffer(string: ": connected\nretry: 250\n\n")
    /// A comment, to show that the stream is alive.
    static let heartbeat = ByteBuffer(string: ":\n\n")

    /// An event of one line of data.
    ///
    /// - Parameter data: Without line breaks.
    static func event(_ name: String, id: String? = nil, data: some Collection<UInt8>) -> ByteBuffer {
        let head = (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: "
        var buffer = ByteBuffer()
        buffer.reserveCapacity(head.utf8.count + data.count + 2)
        buffer.writeString(head)
        buffer.writeBytes(data)
        buffer.writeStaticString("\n\n")
        return buffer
    }
}
