import FlagAPI
import FlagModel
import Logging
import Synchronization

extension Engine {
    /// Fetches the snapshot.
    nonisolated func poll(_ id: Int, full: Bool) async {
        guard let controlPlane = await self.controlPlane else { return }
        let etag = full ? nil : await self.etag
        let answer = await withLimit(self.configuration.timings.requestTimeout, time: self.live.time) {
            () async throws(TransportFailure) -> SnapshotAnswer in
            try await controlPlane.snapshot(unless: etag)
        }
        switch answer {
        case .success(.notModified): await self.polled(id)
        case .success(.snapshot(let bytes, let etag)):
            let event = ServerSentEvent(name: "snapshot", data: bytes, id: nil)
            let reading = await self.read(event)
            if case .snapshot(let snapshot) = reading {
                await self.polled(id, snapshot, etag: etag)
            } else {
                var reason = "it holds no snapshot"
                if case .misfit(let fault) = reading { reason = fault }
                await self.failed(.unusable(reason), poll: id)
            }
        case .failure(let failure): await self.failed(failure, poll: id)
        }
    }

    @concurrent private nonisolated func read(_ event: ServerSentEvent) async -> StreamReading {
        StreamReading(event, base: self.live.applied, environment: self.configuration.environment)
    }

    private func polled(_ id: Int) {
        self.live.heard()
        if self.staleStage > 0 { self.checkStaleness() }
        self.status.withLock { $0.counts.polls += 1 }
        self.confirm(by: .polling)
        self.handle(.polled(id, .heard))
    }

    private func polled(_ id: Int, _ offered: AppliedSnapshot, etag: String?) {
        self.live.heard()
        if self.staleStage > 0 { self.checkStaleness() }
        self.status.withLock { $0.counts.polls += 1 }
        let verdict = self.judge(offered, source: .polling)
        // Also for what was refused: fetching it again and again would change nothing.
        self.etag = etag
        self.handle(.polled(id, verdict == .conflict ? .diverged : .heard))
    }

    private func failed(_ failure: TransportFailure, poll id: Int) {
        guard self.work[id]?.isCancelled == false else { return }
        self.complain(failure)
        self.handle(.polled(id, .failed(failure.consequence)))
    }
}
