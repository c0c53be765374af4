public import FlagModel

extension ScheduledChange.Content {
    /// The content as JSON: `{"changes": […]}` or `{"document": {…}, "prune": …}`.
    public var json: JSONValue {
        switch self {
        case .changes(let changes): ["changes": .array(changes.map(\.json))]
        case .document(let document, let prunes): ["document": document.json, "prune": .bool(prunes)]
        }
    }

    /// Reads the form that ``json`` writes.
    ///
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(json: JSONValue) throws(InvalidDocument) {
        if let document = json["document"] {
            self = .document(
                try EnvironmentDocument(json: document, at: "document"), prunes: json["prune"]?.boolValue ?? false)
            return
        }
        var changes: [FlagChange] = []
        for (position, step) in (json["changes"]?.arrayValue ?? []).enumerated() {
            changes.append(try FlagChange(json: step, at: "changes[\(position)]"))
        }
        self = .changes(changes)
    }

    /// Decides the change as if it were asked for now.
    ///
    /// - Parameter base: The revision that it must be made on.
    func decide(
        in environment: EnvironmentName, base: Int64, _ request: Proposal.Request, on state: any StoredState
    ) throws(ControlPlaneError) -> Decision<CommitOutcome> {
        switch self {
        case .changes(let changes):
            let changeset = Changeset(baseRevision: base, reason: request.reason.text, changes: changes)
            return try CommitDecision(environment: environment, changeset: changeset, request: request).decide(
                on: state)
        case .document(let document, let prunes):
            return try ApplyDecision(document: document, baseRevision: base, prunes: prunes, request: request)
                .decide(on: state)
        }
    }
}
