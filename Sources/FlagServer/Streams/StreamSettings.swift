/// How streams are kept.
struct StreamSettings: Sendable, Hashable {
    /// The longest that a stream is silent.
    var heartbeat: Duration = .seconds(15)
    /// How old a stream becomes, give or take ``ageJitter``.
    var maximumAge: Duration = .seconds(1800)
    /// By which part of it the maximum age differs from stream to stream, so that they do not all end together.
    var ageJitter = 0.2
    /// How long a client may take to read what it was sent before it is given up.
    var writeLimit: Duration = .seconds(300)
    /// How long a client that is behind with reading may take before a stream that is to end is cut.
    var drainTime: Duration = .seconds(2)
}
