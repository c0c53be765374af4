internal import FlagModel

/// Walks along the whole audit: the chain itself, and whether what is stored is what the audit tells of.
///
/// The chain shows that no entry was changed, left out, put in or moved; comparing it with the history also shows
/// entries that were cut off at its end, and revisions, flags and settings that were changed behind its back.
struct AuditInspection {
    /// An environment as the audit and its revisions make it, one after the other.
    private struct Replay {
        var revision: Int64 = 0
        var content = EnvironmentContent()
        var settings: JSONValue?

        mutating func apply(_ record: RevisionRecord, _ written: EnvironmentContent) {
            self.revision = record.number
            for key in record.flags { self.content.flags[key] = written.flags[key] }
            for name in record.segments { self.content.segments[name] = written.segments[name] }
            self.content.metadata = written.metadata
            self.content.ticketsNotBefore = written.ticketsNotBefore
            self.content.ticketsNotBeforeRevision = written.ticketsNotBeforeRevision
        }
    }

    /// How many entries are read at a time.
    private static let batch = 500

    private var verifier = AuditChainVerifier()
    private var replays: [EnvironmentName: Replay] = [:]

    /// Walks from the first entry to the last, or to the first thing that does not fit.
    mutating func verify(_ state: any StoredState) throws(ControlPlaneError) -> AuditVerification {
        var fault: String?
        while fault == nil {
            let entries = try state.auditEntries(
                after: self.verifier.lastSequence, limit: Self.batch, environments: nil)
            if entries.isEmpty { break }
            for entry in entries where fault == nil {
                fault = self.misfit(of: entry)
                if fault == nil { fault = try self.fault(of: entry, in: state) }
            }
        }
        if fault == nil { fault = try self.faultOfHeads(in: state) }
        return AuditVerification(
            entries: self.verifier.lastSequence, lastDigest: self.verifier.lastDigest, fault: fault)
    }

    /// What keeps an entry from being the next of the chain.
    private mutating func misfit(of entry: AuditEntry) -> String? {
        do {
            try self.verifier.check(entry)
            return nil
        } catch {
            return error.description
        }
    }

    /// What is wrong with that which an entry tells of.
    private mutating func fault(
        of entry: AuditEntry, in state: any StoredState
    ) throws(ControlPlaneError) -> String? {
        guard let environment = entry.environment else { return nil }
        var replay = self.replays[environment] ?? Replay()
        defer { self.replays[environment] = replay }
        if Proposal.appliesSettings(entry.action), let settings = entry.detail["settings"] {
            replay.settings = settings
        }
        guard let number = entry.revision else { return nil }

        let place = "revision \(number) of \(environment)"
        guard number == replay.revision + 1 else {
            return "entry \(entry.sequence) tells of \(place), which is out of order"
        }
        guard let record = try state.revision(number, of: environment) else {
            return "entry \(entry.sequence) tells of \(place), which is gone"
        }
        guard entry.tells(of: record) else {
            return "\(place) is not the one that entry \(entry.sequence) tells of"
        }
        replay.apply(record, try state.content(writtenBy: number, of: environment))
        guard Snapshot.digest(of: replay.content, in: environment) == record.digest else {
            return "the flags of \(place) were changed: they do not have its digest"
        }
        return nil
    }

    /// What is in force without an entry that tells of it.
    private func faultOfHeads(in state: any StoredState) throws(ControlPlaneError) -> String? {
        for head in try state.heads() {
            let replay = self.replays[head.name] ?? Replay()
            if head.revision > replay.revision {
                return "no entry tells of revision \(replay.revision + 1) of \(head.name)"
            }
            if head.settings.json.canonical != replay.settings?.canonical {
                return "the settings of \(head.name) are not those that the audit tells of"
            }
        }
        return nil
    }
}

extension AuditEntry {
    /// Whether the entry tells of that revision, in every point.
    fileprivate func tells(of record: RevisionRecord) -> Bool {
        self.detail["digest"] == .string(record.digest) && self.at == record.at && self.actor == record.author
            && self.reason == record.reason && self.action == Proposal.action(for: record.origin)
            && self.detail["restored"] == record.restoredRevision.map(JSONValue.integer)
    }
}
