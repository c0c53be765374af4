import FlagModel

/// Definitions that many tests start from.
enum Sample {
    /// A boolean flag with the variants `on` and `off`, off by default.
    static func toggle(_ edit: (inout FlagDefinition) -> Void = { _ in }) -> FlagDefinition {
        var definition = FlagDefinition(
            type: .boolean, variants: ["on": true, "off": false], defaultVariant: "off", safeVariant: "off")
        edit(&definition)
        return definition
    }

    /// An integer flag between 1 and 3600, 30 by default.
    static func seconds(_ edit: (inout FlagDefinition) -> Void = { _ in }) -> FlagDefinition {
        var definition = FlagDefinition(
            type: .integer, variants: ["default": 30], defaultVariant: "default",
            constraints: Constraints(minimum: 1, maximum: 3600))
        edit(&definition)
        return definition
    }

    /// The share that `percent` says; the test is wrong when it is none.
    static func share(_ percent: Double) -> Percentage {
        guard let percentage = Percentage(percent: percent) else { preconditionFailure("\(percent) is no percentage") }
        return percentage
    }
}
