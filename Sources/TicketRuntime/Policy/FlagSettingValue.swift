import FlagModel

/// A type that a ``FlagSetting`` can have: parsed out of a flag's variant once, when the policy is made.
protocol FlagSettingValue: Sendable, Hashable {
    /// The type that the flag is declared with.
    static var flagType: FlagType { get }
    /// What the value has to be, for a message: `one of none, origin`.
    static var expectation: String { get }
    /// Parses a variant's value.
    init?(flagValue: JSONValue)
    /// The value as it is shown in a message.
    var shown: String { get }
}

extension Bool: FlagSettingValue {
    static var flagType: FlagType { .boolean }
    static var expectation: String { "true or false" }
    init?(flagValue: JSONValue) {
        guard let value = flagValue.boolValue else { return nil }
        self = value
    }
    var shown: String { self ? "true" : "false" }
}

extension TicketTTL: FlagSettingValue {
    static var flagType: FlagType { .integer }
    static var expectation: String { "\(Self.bounds.lowerBound) to \(Self.bounds.upperBound) seconds" }
    init?(flagValue: JSONValue) {
        guard let seconds = flagValue.integerValue else { return nil }
        self.init(seconds: seconds)
    }
    var shown: String { "\(self.seconds) seconds" }
}

extension FlagSettingValue where Self: RawRepresentable<String> & CaseIterable {
    static var flagType: FlagType { .string }
    static var expectation: String { "one of " + Self.allCases.map(\.rawValue).joined(separator: ", ") }
    init?(flagValue: JSONValue) {
        guard let text = flagValue.stringValue else { return nil }
        self.init(rawValue: text)
    }
    var shown: String { self.rawValue }
}

extension TicketBinding: FlagSettingValue {}
extension TicketFailover: FlagSettingValue {}
