/// `GET /readyz`: whether the server can do its work.
struct Readiness: Sendable, Hashable, Codable {
    /// `ready`.
    var status: String
    /// The revision that decides about tickets.
    var revision: Int64
    /// `available`, or `unavailable` while the ticket store is away: then the server still answers, and refuses tickets.
    var tickets: String
}
