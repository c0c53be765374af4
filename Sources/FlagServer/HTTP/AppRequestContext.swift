internal import Hummingbird
internal import NIOCore

/// What belongs to one request while it is answered.
struct AppRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// What the access log will say besides the obvious.
    let notes = RequestNotes()

    /// The connection that the request came in on.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        self.coreContext = .init(source: source)
        self.channel = source.channel
    }

    /// The IP address of whoever sent the request, a proxy's if there is one; nil when there is no connection.
    var peerAddress: String? { self.channel.remoteAddress?.ipAddress }
}
