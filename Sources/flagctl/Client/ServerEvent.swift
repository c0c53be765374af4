/// One event of an event stream.
struct ServerEvent: Hashable, Sendable {
    /// What kind of event it is.
    var name = "message"
    /// Where it stands in the stream, to go on from there; nil: the stream names no places.
    var id: String?
    /// Its text; lines are separated by line feeds.
    var data = ""
}
