/// One event of an event stream.
struct ServerSentEvent: Sendable, Hashable {
    /// What kind of event: `message` when the stream does not say.
    var name: String
    /// The payload; its lines joined by line feeds.
    var data: [UInt8]
    /// The id in force, which later events keep until another is named.
    var id: String?
}
