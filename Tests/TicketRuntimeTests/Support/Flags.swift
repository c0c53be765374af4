import FlagModel

@testable import TicketRuntime

extension FlagDefinition {
    /// A boolean flag, off unless said otherwise; off is safe.
    static func toggle(_ isOn: Bool, percentage: UInt32? = nil) -> Self {
        FlagDefinition(
            type: .boolean, variants: ["on": true, "off": false], defaultVariant: isOn ? "on" : "off",
            safeVariant: "off",
            rollout: percentage.flatMap { Percentage(thousandths: $0 * 1000) }.map {
                Rollout(variant: "on", percentage: $0, seed: "seed")
            })
    }

    /// A flag with one variant.
    static func value(_ type: FlagType, _ value: JSONValue) -> Self {
        FlagDefinition(type: type, variants: ["only": value], defaultVariant: "only")
    }
}

extension EnvironmentContent {
    /// Every flag of the ticket policy: tickets on for everyone for 30 seconds, bound to nothing, legacy pathways off.
    static var open: Self {
        var flags: [FlagKey: FlagDefinition] = [:]
        for pathway in Pathway.allCases { flags[TicketFlags.toggle(of: pathway)] = .toggle(pathway == .ticket) }
        flags[TicketFlags.ttl] = .value(.integer, 30)
        flags[TicketFlags.fallback] = .toggle(false)
        flags[TicketFlags.binding] = .value(.string, "none")
        flags[TicketFlags.multiUse] = .toggle(false)
        flags[TicketFlags.failover] = .value(.string, "fenced")
        return Self(flags: flags)
    }

    func with(_ key: FlagKey, _ definition: FlagDefinition?) -> Self {
        var copy = self
        copy.flags[key] = definition
        return copy
    }

    func ticketsNotBefore(_ moment: Timestamp) -> Self {
        var copy = self
        copy.ticketsNotBefore = moment
        return copy
    }

    func snapshot(revision: Int64 = 1, environment: EnvironmentName = "testing") -> Snapshot {
        Snapshot(environment: environment, revision: revision, content: self)
    }
}

extension TicketSubject {
    static func user(_ id: String = "user-1", permissions: [String] = ["read", "chat"]) throws -> Self {
        try TicketSubject(id: id, email: "\(id)@example.com", permissions: permissions)
    }
}
