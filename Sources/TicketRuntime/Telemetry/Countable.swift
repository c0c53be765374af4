internal import FlagModel

/// A dimension of the counters: a case knows its place among all cases, without searching for it.
protocol Countable: CaseIterable {
    /// The position in `allCases`.
    var ordinal: Int { get }
}

extension TicketOperation: Countable {
    var ordinal: Int {
        switch self {
        case .issue: 0
        case .consume: 1
        case .validate: 2
        case .revoke: 3
        case .revokeAll: 4
        case .authenticate: 5
        case .passOver: 6
        }
    }
}

extension TicketOperation {
    /// The operations whose latency is measured: the first ones.
    static let timed: [Self] = [.issue, .consume]
}

extension Pathway: Countable {
    var ordinal: Int {
        switch self {
        case .ticket: 0
        case .authorizationHeader: 1
        case .subprotocol: 2
        case .queryParameter: 3
        case .cookie: 4
        case .session: 5
        case .e2eBypass: 6
        }
    }
}

extension TicketCohort: Countable {
    var ordinal: Int {
        switch self {
        case .unknown: 0
        case .control: 1
        case .targeted: 2
        case .rollout: 3
        case .everyone: 4
        }
    }
}

extension TicketRefusalReason: Countable {
    var ordinal: Int {
        switch self {
        case .ticketsOff: 0
        case .subjectIncomplete: 1
        case .replayed: 2
        case .unknownOrExpired: 3
        case .otherEpoch: 4
        case .revoked: 5
        case .bindingMismatch: 6
        case .originNotAllowed: 7
        case .storeUnavailable: 8
        case .outcomeIndeterminate: 9
        case .randomUnavailable: 10
        case .handshakeMalformed: 11
        case .credentialMissing: 12
        case .credentialInvalid: 13
        case .pathwayOff: 14
        case .identityConflict: 15
        case .verificationUnavailable: 16
        case .notReady: 17
        }
    }
}
