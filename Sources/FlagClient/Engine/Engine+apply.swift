import FlagAPI
import FlagModel
import Logging
import Synchronization

extension Engine {
    /// Judges a snapshot that the control plane sent, and puts it in force if it is newer.
    func judge(_ offered: AppliedSnapshot, source: InstanceSource) -> SnapshotVerdict {
        let snapshot = offered.snapshot
        let inForce = self.live.applied?.snapshot
        let verdict = SnapshotVerdict(offered: snapshot.revision, digest: snapshot.digest, inForce: inForce)
        switch verdict {
        case .newer:
            self.apply(offered, source: source)
            self.reportNow()
            self.writeCache()
        case .older: self.refuse(snapshot.revision)
        case .same, .conflict: break
        }
        self.confirm(by: source)
        return verdict
    }

    /// Puts a snapshot in force.
    func apply(_ applied: AppliedSnapshot, source: InstanceSource) {
        let snapshot = applied.snapshot
        let silence = self.live.silence ?? .max
        self.configuration.onSnapshot?(snapshot, applied.staleFlags(after: silence))
        self.live.apply(applied, isConfirmed: source != .cache)
        self.staleStage = applied.stage(after: silence)
        self.status.withLock { status in
            status.source = source
            status.counts.applied += 1
        }
        self.logger.info(
            "flags in force",
            metadata: [
                FlagClientLogKey.revision: "\(snapshot.revision)", FlagClientLogKey.source: "\(source.rawValue)",
            ])
    }

    /// The control plane said that what is in force is what there is.
    func confirm(by source: InstanceSource) {
        guard self.live.applied != nil else { return }
        let hadSource = self.status.withLock { status in
            defer {
                status.source = source
                status.problem = nil
            }
            return status.source
        }
        self.complaint = nil
        self.live.note { $0.isConfirmed = true }
        // The fleet's list shows where an instance has its flags from.
        if hadSource != source { self.reportNow() }
    }

    /// Counts a revision that is older than the one in force.
    func refuse(_ revision: Int64) {
        self.status.withLock { $0.counts.refused += 1 }
        self.complain(
            of: "older", "\(revision)",
            "the control plane has an older revision than this instance, which keeps its own; was a backup restored?",
            revision: revision)
    }

    /// Counts another content under the number of the revision in force.
    func noteDivergence() {
        self.status.withLock { $0.counts.conflicts += 1 }
        let inForce = self.live.applied?.snapshot
        self.complain(
            of: "conflict", "\(inForce?.revision ?? 0)",
            "the control plane has another content under the revision in force, which this instance keeps until a newer "
                + "one comes; was a backup restored?",
            revision: inForce?.revision ?? 0)
    }

    private func complain(of kind: String, _ what: String, _ message: String, revision: Int64) {
        guard self.complaints.updateValue(what, forKey: kind) != what else { return }
        self.logger.error(
            "\(message)",
            metadata: [
                FlagClientLogKey.revision: "\(revision)",
                FlagClientLogKey.inForce: "\(self.live.applied?.snapshot.revision ?? 0)",
            ])
    }

    /// When the next flag's patience with the silence ends; nil: none will.
    var staleDeadline: ContinuousClock.Instant? {
        guard let applied = self.live.applied, self.staleStage < applied.staleAfter.count,
            let silence = self.live.silence
        else { return nil }
        // A moment later than the moment itself, as patience ends after it.
        let rest = Duration.nanoseconds(applied.staleAfter[self.staleStage] - silence) + .milliseconds(1)
        return self.time.now() + rest
    }

    /// Tells those who follow flags when some have become stale, or are no longer.
    func checkStaleness() {
        guard let applied = self.live.applied, let silence = self.live.silence else { return }
        let stage = applied.stage(after: silence)
        guard stage != self.staleStage else { return }
        if stage > self.staleStage {
            self.logger.error(
                "nothing is heard of the control plane: flags whose onStale says so serve their safe variant",
                metadata: [FlagClientLogKey.silence: "\(silence / 1_000_000)"])
        } else {
            self.logger.notice("the control plane is heard again: all flags serve what it says")
        }
        self.staleStage = stage
        self.configuration.onSnapshot?(applied.snapshot, applied.staleFlags(after: silence))
        self.live.news.post()
    }
}
