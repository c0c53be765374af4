import FlagAPI
import FlagModel
import Logging
import Synchronization

extension Engine {
    /// Puts the last-known-good snapshot in force until the control plane is heard.
    func loadCache() async {
        guard let cache = self.cache else { return }
        let outcome = await cache.load()
        let file: Logger.Metadata = [FlagClientLogKey.file: "\(cache.path)"]
        switch outcome {
        case .found(let snapshot, let age):
            self.live.heard(ago: age)
            self.apply(AppliedSnapshot(snapshot, after: nil), source: .cache)
        case .missing: self.logger.debug("there is no cache file yet", metadata: file)
        case .foreign(let reason):
            self.noteCache("the cache file is not used: \(reason)")
        case .corrupt(let reason, let name):
            self.noteCache(
                "the cache file is damaged and not used" + (name.map { "; it is now \($0)" } ?? "") + ": \(reason)")
        case .unreadable(let failure): self.noteCache("the cache file cannot be read: \(failure)")
        }
    }

    /// Writes what is in force to the cache file. What comes while a write is under way is written after it, the last of it
    /// alone.
    func writeCache() {
        guard let cache = self.cache, !self.isStopped else { return }
        guard case .idle = self.cacheWrite else {
            self.cacheWrite = .writingAndAgain
            return
        }
        guard let applied = self.live.applied else { return }
        let interval = self.configuration.timings.cacheRefreshInterval
        self.cacheDue = applied.staleAfter.isEmpty ? nil : self.time.now() + interval
        self.cacheWrite = .writing
        self.start {
            await self.store(applied.snapshot, in: cache)
            await self.wroteCache()
        }
    }

    /// Notes at the end when the control plane was last heard, if a restart may have to know.
    func writeCacheAtEnd() async {
        guard let cache = self.cache, let applied = self.live.applied, !applied.staleAfter.isEmpty else { return }
        await self.store(applied.snapshot, in: cache)
    }

    private func wroteCache() {
        let again = if case .writingAndAgain = self.cacheWrite { true } else { false }
        self.cacheWrite = .idle
        if again { self.writeCache() }
        self.arm()
    }

    private func store(_ snapshot: Snapshot, in cache: SnapshotCache) async {
        do {
            try await cache.store(snapshot, silence: .nanoseconds(self.live.silence ?? 0))
            self.status.withLock { $0.cacheProblem = nil }
            self.complaints["cache"] = nil
        } catch {
            self.noteCache("the cache file is not written: \(error)")
        }
    }

    private func noteCache(_ problem: String) {
        self.status.withLock { $0.cacheProblem = problem }
        guard self.complaints.updateValue(problem, forKey: "cache") != problem else { return }
        self.logger.error("\(problem)", metadata: [FlagClientLogKey.file: "\(self.cache?.path ?? "")"])
    }
}
