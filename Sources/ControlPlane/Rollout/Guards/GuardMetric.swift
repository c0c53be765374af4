internal import FlagModel

/// What a guard watches.
public enum GuardMetric: Sendable, Hashable {
    /// Of attempts to authenticate, those that failed.
    case authenticationFailures
    /// Of tickets asked for, those that took longer to issue.
    case ticketIssuanceSlow(than: LatencyBound)
    /// Of tickets presented, those that took longer to consume.
    case ticketConsumptionSlow(than: LatencyBound)
    /// Of users who are to have tickets and ask for one, those who had to fall back on something else.
    case fallbacks
    /// Of tickets presented, those that had been used before.
    case replays
    /// A counter that services count themselves, by its name.
    case counter(String)
    /// The answer of Prometheus to a query.
    case prometheus(QueryCondition)
    /// Whether a pathway is used no more.
    case idle(IdleCondition)

    /// What precedes the name of a counter.
    static let counterPrefix = "counter/"
    /// What precedes the name of a pathway.
    static let idlePrefix = "idle/"
    /// The names of all metrics, as plans have them.
    public static let names = [
        "authentication-failures", "ticket-issuance-slow", "ticket-consumption-slow", "fallbacks", "replays",
        "counter/<name>", "prometheus", "idle/<pathway>",
    ]

    /// Its name, as plans have it.
    public var name: String {
        switch self {
        case .authenticationFailures: "authentication-failures"
        case .ticketIssuanceSlow: "ticket-issuance-slow"
        case .ticketConsumptionSlow: "ticket-consumption-slow"
        case .fallbacks: "fallbacks"
        case .replays: "replays"
        case .counter(let name): Self.counterPrefix + name
        case .prometheus: "prometheus"
        case .idle(let condition): Self.idlePrefix + condition.pathway
        }
    }

    /// What those that count as failures did.
    var phrase: String {
        switch self {
        case .authenticationFailures, .counter, .prometheus, .idle: "failed"
        case .ticketIssuanceSlow(let bound), .ticketConsumptionSlow(let bound): "took longer than \(bound.name)"
        case .fallbacks: "had to fall back"
        case .replays: "were replays"
        }
    }

    /// Whether it tells apart only those who get tickets and those who do not.
    var isAboutTickets: Bool {
        switch self {
        case .authenticationFailures, .ticketIssuanceSlow, .ticketConsumptionSlow, .fallbacks, .replays: true
        case .counter, .prometheus, .idle: false
        }
    }

    /// Whether it is a share of attempts, with the bounds of such.
    var isRatio: Bool {
        switch self {
        case .prometheus, .idle: false
        default: true
        }
    }

    /// What happens when it fails and the plan does not say. Whoever holds one ticket can present it again and again, so
    /// replays alone take nothing back.
    var defaultResponse: RolloutGuard.Response {
        if case .replays = self { .pause } else { .rollback }
    }
}
