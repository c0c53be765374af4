public import FlagModel

/// For whom a change's effect is worked out: given contexts, or synthetic users.
public struct PreviewRequest: Sendable, Hashable, Codable {
    /// Evaluation contexts, at most 100,000; `targetingKey` identifies the subject.
    public var contexts: [[String: JSONValue]]?
    /// How many users to make up (``ImpactSample/synthetic(_:)``), 1 to 100,000.
    public var synthetic: Int64?

    /// Asks for given contexts.
    public init(contexts: [[String: JSONValue]]) {
        self.contexts = contexts
    }

    /// Asks for synthetic users.
    public init(synthetic: Int64) {
        self.synthetic = synthetic
    }

    /// The sample that is asked for.
    ///
    /// - Parameter path: Where the request stands, for the faults.
    /// - Throws: `InvalidDocument` when it asks for both or neither, for too many, or a targeting key is not a text.
    public func sample(at path: String) throws(InvalidDocument) -> ImpactSample {
        switch (self.contexts, self.synthetic) {
        case (let contexts?, nil):
            guard contexts.count <= ImpactSample.maximumCount else {
                throw Self.fault("\(path).contexts", "more than \(ImpactSample.maximumCount) contexts")
            }
            var sample: [EvaluationContext] = []
            sample.reserveCapacity(contexts.count)
            for (position, members) in contexts.enumerated() {
                sample.append(try EvaluationContext(members: members, at: "\(path).contexts[\(position)]"))
            }
            return .contexts(sample)
        case (nil, let count?):
            guard (1...Int64(ImpactSample.maximumCount)).contains(count) else {
                throw Self.fault("\(path).synthetic", "expected 1 to \(ImpactSample.maximumCount), found \(count)")
            }
            return .synthetic(Int(count))
        case (nil, nil), (_?, _?):
            throw Self.fault(path, "expected either contexts or synthetic")
        }
    }

    private static func fault(_ path: String, _ message: String) -> InvalidDocument {
        InvalidDocument([Issue(path: path, message: message)])
    }
}
