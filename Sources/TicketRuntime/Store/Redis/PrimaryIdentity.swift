import RedisClient

/// Who the primary is that a connection leads to: its `master_replid`, which changes when a replica is promoted and when
/// a server starts anew. It changes as well when the first replica attaches, and when the last one has been gone for
/// `repl-backlog-ttl`. Read on every new connection and then every `RedisGreeting.interval`; a connection to a replica is
/// refused, and one whose primary has another identity is replaced.
///
/// Within that interval, processes that connected before and after a change take the same primary for two: what one has
/// issued the other refuses (``TicketRefusal/otherEpoch``). And a server that is demoted and promoted again behind an open
/// connection is taken for its former self; Sentinel closes connections then, and whoever promotes by hand should as well
/// (`CLIENT KILL TYPE normal`).
struct PrimaryIdentity: Error, CustomStringConvertible {
    /// Why a connection is refused.
    let description: String

    /// Fifteen of the forty hexadecimal digits: enough to tell primaries apart, and a string without an allocation.
    private static let length = 15

    static let greeting = RedisGreeting(commands: [RedisCommand("INFO", "replication")]) { replies in
        try Self.epoch(in: replies)
    }

    /// The epoch that the answer to `INFO replication` tells.
    static func epoch(in replies: [RedisValue]) throws(PrimaryIdentity) -> String {
        guard let text = replies.first?.string else {
            var reason = ""
            if case .error(let error)? = replies.first { reason = ": \(error)" }
            throw PrimaryIdentity(
                description: "INFO replication was refused\(reason); allow the ticket runtime's user the INFO command")
        }
        var role: Substring?
        var identity: Substring?
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("role:") { role = line.dropFirst("role:".count) }
            if line.hasPrefix("master_replid:") { identity = line.dropFirst("master_replid:".count) }
        }
        guard role == "master" else {
            throw PrimaryIdentity(description: "this server is a replica; tickets need the primary")
        }
        guard let identity, identity.utf8.count >= Self.length else {
            throw PrimaryIdentity(description: "INFO replication named no master_replid; Redis 6.2 or newer is needed")
        }
        return String(identity.prefix(Self.length))
    }
}
