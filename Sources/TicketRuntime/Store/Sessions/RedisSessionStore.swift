public import RedisClient

/// Reads the sessions that another system keeps in Redis: `GET` of a prefix and the session's id, whose value is a JSON
/// object (``ProvenUser/init(session:)``). It writes nothing; the key's own time to live ends a session.
public final class RedisSessionStore: SessionStore {
    /// The lengths that a session's id may have, in bytes. Shorter ones can be guessed.
    public static let idLengths = 16...256

    /// The connections. They work while their owner runs them. They need no greeting, and may lead to a replica.
    public let client: RedisClient
    private let keyPrefix: String

    /// A store, or nil when the prefix is empty: a client could then name any key of the database.
    public init?(client: RedisClient, keyPrefix: String = "session:") {
        guard !keyPrefix.isEmpty else { return nil }
        self.client = client
        self.keyPrefix = keyPrefix
    }

    /// The user of a session.
    public func user(ofSession id: String) async throws(TicketStoreError) -> ProvenUser? {
        guard Self.idLengths.contains(id.utf8.count), id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let value: RedisValue
        do throws(RedisError) {
            value = try await self.client.send(RedisCommand("GET", self.keyPrefix + id)).value
        } catch {
            // A key that the client named and that holds something else tells nothing against Redis.
            if case .server(let fault) = error, fault.code == "WRONGTYPE" { return nil }
            throw TicketStoreError(error)
        }
        guard !value.isNull else { return nil }
        guard let user = value.bytes.flatMap(ProvenUser.init(session:)) else {
            throw TicketStoreError(
                .recordUnreadable,
                "a session cannot be read: expected a JSON object with user_id, and perhaps email, permissions, expires_at"
            )
        }
        return user
    }
}
