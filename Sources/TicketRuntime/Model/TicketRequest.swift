public import FlagModel

/// What a client asks a ticket to be like. The policy decides how much of it is granted.
public struct TicketRequest: Sendable, Hashable {
    /// The seconds that may be asked for.
    public static let ttlBounds: ClosedRange<Int64> = 30...3600
    /// The largest metadata, in bytes of canonical JSON.
    public static let maximumMetadataLength = 4096
    /// The largest number of permissions.
    public static let maximumPermissionCount = 256

    /// Nothing in particular: a single-use ticket with the policy's TTL and all of the user's permissions.
    public static let `default` = Self()

    /// How long the ticket should be good for; nil: as long as the policy says.
    public let ttl: TicketTTL?
    /// How often it should be good.
    public let kind: TicketKind
    /// The permissions wanted; nil: all of the user's.
    public let permissions: [String]?
    /// Carried along and handed to whoever consumes the ticket.
    public var metadata: [String: JSONValue] { self.carried.members }

    let carried: TicketMetadata

    private init() {
        self.ttl = nil
        self.kind = .singleUse
        self.permissions = nil
        self.carried = .none
    }

    /// Parses what a client sent.
    ///
    /// - Throws: `InvalidDocument` with every fault, at the paths `ttl_seconds`, `permissions` and `metadata`.
    public init(
        ttlSeconds: Int64? = nil, singleUse: Bool? = nil, permissions: [String]? = nil,
        metadata: [String: JSONValue]? = nil
    ) throws(InvalidDocument) {
        var issues: [Issue] = []
        if let ttlSeconds, !Self.ttlBounds.contains(ttlSeconds) {
            issues.append(
                Issue(
                    path: "ttl_seconds",
                    message: "\(ttlSeconds) is outside \(Self.ttlBounds.lowerBound) to "
                        + "\(Self.ttlBounds.upperBound) seconds"))
        }
        if let permissions, permissions.count > Self.maximumPermissionCount {
            issues.append(
                Issue(path: "permissions", message: "has more than \(Self.maximumPermissionCount) elements"))
        }
        let carried = TicketMetadata(members: metadata ?? [:])
        if carried.text.utf8.count > Self.maximumMetadataLength {
            issues.append(
                Issue(
                    path: "metadata",
                    message: "has \(carried.text.utf8.count) bytes; at most \(Self.maximumMetadataLength) are carried"))
        }
        guard issues.isEmpty else { throw InvalidDocument(issues) }
        self.ttl = ttlSeconds.flatMap(TicketTTL.init(seconds:))
        self.kind = singleUse == false ? .multiUse : .singleUse
        self.permissions = permissions
        self.carried = carried
    }
}
