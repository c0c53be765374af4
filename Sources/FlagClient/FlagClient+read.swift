public import FlagModel

// Reads are synchronous, take well under a microsecond and never fail: where a flag has no value to give, the caller's
// default applies, and the details say why.
extension FlagClient {
    /// What a boolean flag says.
    ///
    /// - Parameters:
    ///   - key: The flag's key.
    ///   - fallback: What applies when the flag is missing, disabled, of another type, or not known yet.
    ///   - context: Whom or what the flag is read for.
    public func bool(_ key: String, default fallback: Bool, context: EvaluationContext = .init()) -> Bool {
        self.live.value(key, default: fallback, context: context)
    }

    /// What a string flag says; see ``bool(_:default:context:)``.
    public func string(_ key: String, default fallback: String, context: EvaluationContext = .init()) -> String {
        self.live.value(key, default: fallback, context: context)
    }

    /// What an integer flag says; see ``bool(_:default:context:)``.
    public func int(_ key: String, default fallback: Int, context: EvaluationContext = .init()) -> Int {
        self.live.value(key, default: fallback, context: context)
    }

    /// What a number flag or an integer flag says; see ``bool(_:default:context:)``.
    public func double(_ key: String, default fallback: Double, context: EvaluationContext = .init()) -> Double {
        self.live.value(key, default: fallback, context: context)
    }

    /// What an object flag says, an object or an array; see ``bool(_:default:context:)``.
    public func object(
        _ key: String, default fallback: JSONValue, context: EvaluationContext = .init()
    ) -> JSONValue {
        self.live.value(key, default: fallback, context: context)
    }

    /// What a boolean flag says, and why.
    public func boolDetails(
        _ key: String, default fallback: Bool, context: EvaluationContext = .init()
    ) -> FlagDetails<Bool> {
        self.live.details(key, default: fallback, context: context)
    }

    /// What a string flag says, and why.
    public func stringDetails(
        _ key: String, default fallback: String, context: EvaluationContext = .init()
    ) -> FlagDetails<String> {
        self.live.details(key, default: fallback, context: context)
    }

    /// What an integer flag says, and why.
    public func intDetails(
        _ key: String, default fallback: Int, context: EvaluationContext = .init()
    ) -> FlagDetails<Int> {
        self.live.details(key, default: fallback, context: context)
    }

    /// What a number flag or an integer flag says, and why.
    public func doubleDetails(
        _ key: String, default fallback: Double, context: EvaluationContext = .init()
    ) -> FlagDetails<Double> {
        self.live.details(key, default: fallback, context: context)
    }

    /// What an object flag says, and why.
    public func objectDetails(
        _ key: String, default fallback: JSONValue, context: EvaluationContext = .init()
    ) -> FlagDetails<JSONValue> {
        self.live.details(key, default: fallback, context: context)
    }
}
