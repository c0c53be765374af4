/// How long an instance may be quiet, and how many there may be.
public struct FleetLimits: Sendable, Hashable {
    /// How long an instance may be quiet before it counts as stale.
    public var staleAfter: Duration
    /// How long it may be quiet before nobody waits for it any more.
    public var goneAfter: Duration
    /// How long one that is gone is still shown, from when it was last heard of.
    public var forgottenAfter: Duration
    /// How many instances of one environment are known at a time.
    public var instances: Int

    /// Limits.
    public init(
        staleAfter: Duration = .seconds(45), goneAfter: Duration = .seconds(300),
        forgottenAfter: Duration = .seconds(3600), instances: Int = 20_000
    ) {
        self.staleAfter = staleAfter
        self.goneAfter = goneAfter
        self.forgottenAfter = forgottenAfter
        self.instances = instances
    }
}
