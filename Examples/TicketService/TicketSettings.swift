import Configuration
import FlagClient
import FlagModel
import RedisClient
import TicketRuntime

/// What environment variables say. `docs/tickets.md` has the table.
struct TicketSettings {
    let host: String
    let port: Int
    /// Nil: tickets are kept in memory, and are this process's own.
    let redis: RedisConfiguration?
    let allowedOrigins: OriginAllowList
    /// The URL that clients are told to connect to.
    let webSocketURL: String
    let flags: FlagClientConfiguration
    /// How long to wait at the start for the first flags.
    let patience: Duration

    init(_ settings: ConfigReader) throws {
        // TICKETS_HOST, TICKETS_PORT, …
        let tickets = settings.scoped(to: "tickets")
        self.host = tickets.string(forKey: "host", default: "127.0.0.1")
        self.port = try Self.number("TICKETS_PORT", tickets.string(forKey: "port"), in: 0...65_535) ?? 8090
        do throws(InvalidDocument) {
            self.allowedOrigins = try OriginAllowList(tickets.string(forKey: "origins", default: "*"))
        } catch {
            throw Fault("TICKETS_ORIGINS: \(error)")
        }
        self.webSocketURL = tickets.string(forKey: "websocket.url", default: "ws://127.0.0.1:8080/ws")
        // REDIS_URL, which may hold a password.
        self.redis = try settings.string(forKey: "redis.url", isSecret: true).map { try RedisConfiguration(url: $0) }

        // FLAGS_SERVER, FLAGS_TOKEN, …
        let flags = settings.scoped(to: "flags")
        self.flags = FlagClientConfiguration(
            server: flags.string(forKey: "server", default: "http://127.0.0.1:8080"),
            environment: try EnvironmentName(parsing: flags.string(forKey: "environment", default: "development")),
            token: AccessToken(try flags.requiredString(forKey: "token", isSecret: true)),
            // A process that comes back under its former name is one instance to the fleet, and not a lost one and a new.
            instance: InstanceIdentity(
                name: "ticket-service",
                id: flags.string(forKey: "instance", default: InstanceIdentity.randomID()), version: "1.0"),
            cachePath: flags.string(forKey: "cache"))
        self.patience = .seconds(try Self.number("FLAGS_WAIT", flags.string(forKey: "wait"), in: 0...3600) ?? 10)
    }

    private static func number(_ variable: String, _ text: String?, in range: ClosedRange<Int>) throws -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Fault("\(variable) has to be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A variable that cannot be understood.
    struct Fault: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }
}
