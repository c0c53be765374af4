import Digest
import FlagModel
import RedisClient

/// The names of an environment's keys in Redis.
///
/// `PREFIX:ENVIRONMENT:` comes before each: tickets follow with 43 characters, the counter of revocations with
/// `revocations`, the mark of a revoked user with `subject:` and 22 characters.
struct RedisTicketKeys: Sendable {
    let prefix: String
    /// The counter of revocations.
    let generation: String

    init(prefix: String, environment: EnvironmentName) {
        self.prefix = "\(prefix):\(environment):"
        self.generation = self.prefix + "revocations"
    }

    /// The key of a ticket.
    func ticket(_ key: TicketKey) -> RedisTicketKey {
        RedisTicketKey(prefix: self.prefix, key: key)
    }

    /// The key of the mark of a user whose tickets were revoked.
    func revocation(of owner: SubjectDigest) -> String {
        self.prefix + "subject:" + owner.withBytes { Base64URL.encode($0) }
    }
}

/// The name of a ticket's key, written straight into the command.
struct RedisTicketKey: RedisArgument, Sendable {
    let prefix: String
    let key: TicketKey

    var redisByteCount: Int { self.prefix.utf8.count + PresentedTicket.length }

    func write(to writer: inout RedisArgumentWriter) {
        self.prefix.write(to: &writer)
        self.key.withBytes { bytes in
            Base64URL.encode(bytes) { writer.append($0) }
        }
    }

    /// The name as text.
    var text: String { self.prefix + self.key.withBytes { Base64URL.encode($0) } }
}
