/// The last event of a stream that the server ends, named `end`: an invitation to come back.
public struct StreamEnd: Sendable, Hashable, Codable {
    /// Why a stream ends.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// It reached its maximum age; a load balancer may even out connections so.
        case maximumAge = "maximum-age"
        /// The server stops.
        case shutdown
        /// The access token that the stream was opened with was revoked, or has expired.
        case accessEnded = "access-ended"
    }

    /// Why.
    public var reason: Reason

    /// Creates the value of its parts.
    public init(reason: Reason) {
        self.reason = reason
    }
}
