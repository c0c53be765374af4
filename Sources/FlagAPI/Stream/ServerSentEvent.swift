/// One event of an event stream (WHATWG HTML, section 9.2).
public struct ServerSentEvent: Sendable, Hashable {
    /// What kind of event: `message` when the stream does not say.
    public var name: String
    /// The payload; its lines joined by line feeds.
    public var data: [UInt8]
    /// The id in force, which later events keep until another is named; nil: none has been named yet.
    public var id: String?

    /// An event.
    public init(name: String, data: [UInt8], id: String?) {
        self.name = name
        self.data = data
        self.id = id
    }
}
