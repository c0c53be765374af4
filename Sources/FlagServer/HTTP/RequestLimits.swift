/// What a request may cost. Beyond it the answer is a problem, or the connection ends.
struct RequestLimits: Sendable {
    /// The longest body of an administrative request, in bytes.
    var adminBody = 1 << 20
    /// The longest body of a change, in bytes: the contexts for its preview, 100,000 at most, come along.
    var changeBody = 16 << 20
    /// The longest body of a remote evaluation, in bytes.
    var evaluationBody = 1 << 20
    /// The longest body of a ticket request, in bytes.
    var ticketBody = 64 << 10
    /// The longest header field, in bytes.
    var headerField = 16 << 10
    /// All header fields together, in bytes.
    var headerList = 32 << 10
    /// The number of header fields.
    var headerCount = 100
    /// Connections at one time; further ones wait to be accepted.
    var connections = 16_384
    /// How long a connection may be idle between two requests, or in the middle of one.
    var idleTimeout: Duration = .seconds(60)
    /// How long a request may take to arrive whole, from its first byte.
    var receiveTimeout: Duration = .seconds(20)
    /// How long an answer may take to begin after the request has arrived.
    var answerTimeout: Duration = .seconds(30)
    /// How long the answer to a change may wait for its preview.
    var previewTime: Duration = .seconds(2)
}
