public import FlagModel
public import Logging
public import RedisClient
import Synchronization

/// Tickets in Redis (6.2 or newer), shared by any number of instances.
///
/// A ticket is one key, and every decision about it is one command of Redis, which runs one at a time:
///
/// - issue: `SET key record NX PX ttl`;
/// - consume: `SET key marker XX GET EX window`, whose answer is the record for the first caller, the former marker for
///   a later one, and nothing for an unknown ticket. `XX` never creates a key, so a consumption that races with the
///   ticket's end finds nothing and leaves nothing.
///
/// ## Revoking all of a user's tickets
///
/// A consumer does not know whose ticket it holds before Redis has answered, so it cannot ask about the user in the same
/// round trip, and a per-user index would cost every issue a second command. Instead there is one counter per
/// environment, the *generation*, raised by each revocation, and a mark per revoked user with the generation at which it
/// happened. A record carries the generation under which it was issued. While the two are equal nobody was revoked since,
/// and no more is to be asked; else the user's mark is read, which is the only case of a second round trip.
///
/// Each process knows the generation by a lease: what it read is good for ``Options/revocationLease``, after which the
/// next command carries a `GET` of the counter along, in the same write. A revocation returns only after the lease of
/// everyone who may have read the old value has ended; so once it has returned, no instance grants a ticket issued
/// before. Under load that is a few extra `GET`s a second; without load, one beside each command.
public final class RedisTicketStore: TicketStore {
    /// What can be chosen about the store. All instances of an environment have to choose the same.
    public struct Options: Sendable, Hashable {
        /// What all keys start with, before the environment.
        public var prefix: String
        /// For how long a spent ticket is told apart from an unknown one. At least a second; rounded up to seconds.
        public var replayWindow: Duration = .seconds(300)
        /// For how long the generation of revocations is taken as known; a revocation of all tickets takes as long.
        public var revocationLease: Duration = .milliseconds(200)
        /// How long a consumption waits for a replica under ``TicketFailover/replicated``. Other commands of the
        /// connection wait as well.
        public var replicationTimeout: Duration = .milliseconds(100)
        /// How many consumed tickets are remembered under ``TicketFailover/fast``.
        public var consumedCapacity = 1_000_000

        /// The defaults, under a prefix.
        public init(prefix: String = "signalbox") {
            self.prefix = prefix
        }
    }

    /// What the configuration of the store's client has to have as its `greeting`: it finds out the primary's identity on
    /// every new connection, and refuses one to a replica.
    public static let greeting = PrimaryIdentity.greeting

    /// The connections. They work while ``run()`` does, or their owner's call of it.
    public let client: RedisClient
    /// What the keys start with: `signalbox:production:`.
    public let keyPrefix: String

    let options: Options
    let clock: TicketClock
    let keys: RedisTicketKeys
    let view = Mutex(RevocationView())
    let consumed: ConsumedTickets

    /// A store.
    ///
    /// - Parameters:
    ///   - client: The connections, whose configuration has ``greeting``. Without it every operation is refused.
    ///   - environment: Whose tickets are kept.
    ///   - options: What can be chosen.
    ///   - clock: What time it is.
    public init(
        client: RedisClient, environment: EnvironmentName, options: Options = Options(), clock: TicketClock = .system
    ) {
        self.client = client
        self.options = options
        self.clock = clock
        self.keys = RedisTicketKeys(prefix: options.prefix, environment: environment)
        self.keyPrefix = self.keys.prefix
        self.consumed = ConsumedTickets(capacity: options.consumedCapacity)
    }

    /// A store with connections of its own, which work while ``run()`` does.
    ///
    /// - Parameters:
    ///   - redis: Where Redis is. Its greeting is replaced by ``greeting``.
    ///   - environment: Whose tickets are kept.
    ///   - options: What can be chosen.
    ///   - logger: Gets connections and outages.
    ///   - clock: What time it is.
    public convenience init(
        redis: RedisConfiguration, environment: EnvironmentName, options: Options = Options(), logger: Logger,
        clock: TicketClock = .system
    ) {
        var redis = redis
        redis.greeting = Self.greeting
        self.init(
            client: RedisClient(redis, logger: logger), environment: environment, options: options, clock: clock)
    }

    /// Connects and keeps connected, until ``shutdown()`` or until the calling task is cancelled.
    public func run() async {
        await self.client.run()
    }

    /// Takes no more commands, waits for the answers that are due, and closes.
    public func shutdown() async {
        await self.client.shutdown()
    }

    /// Whether Redis answers, and where it is.
    public func probe() async throws(TicketStoreError) -> String {
        do throws(RedisError) {
            _ = try await self.client.send(RedisCommand("PING"))
        } catch {
            throw TicketStoreError(error)
        }
        return "redis: \(self.client.configuration.host):\(self.client.configuration.port) answers"
    }
}
