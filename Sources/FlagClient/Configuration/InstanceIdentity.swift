/// Who a client is, for those who look at the fleet.
public struct InstanceIdentity: Sendable, Hashable {
    /// Unique in the environment: 1 to 100 characters of `A-Z a-z 0-9 . _ -`.
    public var id: String
    /// The service's name, 1 to 100 characters.
    public var name: String
    /// The service's version, at most 100 characters.
    public var version: String?
    /// What tells instances apart: `region`, `host`, …; at most 16, names and values of at most 100 characters each.
    public var labels: [String: String]

    /// An identity.
    ///
    /// - Parameter id: Random by default, 16 hexadecimal digits. A client keeps it for as long as the process runs; a
    ///   service that has a name of its own for each of its processes (a pod's) gives that.
    public init(name: String, id: String = Self.randomID(), version: String? = nil, labels: [String: String] = [:]) {
        self.id = id
        self.name = name
        self.version = version
        self.labels = labels
    }

    /// A random id: 16 hexadecimal digits.
    public static func randomID() -> String {
        let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
