/// Whether tickets can be had, for a status page.
public struct TicketStatus: Sendable, Hashable {
    /// Whether the policy gives tickets to anyone.
    public let isEnabledForAnyone: Bool
    /// Whether the store answers.
    public let isStoreAvailable: Bool
    /// The store's state in a word that anyone may see: `available`, or ``TicketStoreError/status``.
    public let storeStatus: String
    /// What the store said of itself, or why it failed. Has the server's address; for logs and for administrators.
    public let storeDetail: String
    /// How long tickets are good for, in seconds, when nothing is known of the user.
    public let defaultTTLSeconds: Int64
    /// The most that may be asked for, in seconds.
    public let maximumTTLSeconds: Int64
    /// What the store's keys start with.
    public let keyPrefix: String
    /// The revision of the policy in force.
    public let revision: Int64
    /// What is wrong with the policy's flags.
    public let problems: [TicketPolicyProblem]
}
