import AsyncHTTPClient
import FlagAPI
import FlagModel
import Logging
import NIOCore
import Synchronization

extension Engine {
    /// Follows a stream until it ends.
    nonisolated func follow(_ id: Int, full: Bool) async {
        do throws(TransportFailure) {
            let hasEnded = try await self.read(id, full: full)
            if hasEnded {
                await self.handle(.ended(id))
            } else {
                await self.failed(.cut("the stream ended"), stream: id)
            }
        } catch {
            await self.failed(error, stream: id)
        }
    }

    /// - Returns: Whether the server ended the stream in good order.
    @concurrent private nonisolated func read(_ id: Int, full: Bool) async throws(TransportFailure) -> Bool {
        guard let controlPlane = await self.controlPlane else { return false }
        var base = full ? nil : self.live.applied
        // A comment greets, whatever follows it. Later ones show that all that is newer has come.
        var comments = base == nil ? Int.min : 0
        let position = base.map { StreamPosition($0.snapshot) }
        let body = try await controlPlane.stream(from: position, anonymously: await self.isAnonymous)
        var parser = EventStreamParser(limit: self.configuration.maximumSnapshotBytes)
        do {
            for try await piece in body {
                // A stream given up says nothing any more, even if its bytes are here already.
                if Task.isCancelled { return false }
                await self.heard(id)
                let items = try piece.withUnsafeReadableBytes { bytes throws(EventStreamError) in
                    try parser.read(bytes)
                }
                for item in items where !Task.isCancelled {
                    if case .comment = item {
                        comments += 1
                        if comments > 1 { await self.confirmed(id) }
                    } else if await self.take(item, from: id, base: &base) {
                        return true
                    }
                }
            }
            return false
        } catch let error as EventStreamError {
            throw .unusable(error.description)
        } catch {
            throw TransportFailure(error, beforeAnswer: false)
        }
    }

    /// - Returns: Whether that was the end.
    private nonisolated func take(
        _ item: EventStreamParser.Item, from id: Int, base: inout AppliedSnapshot?
    ) async -> Bool {
        switch item {
        case .comment: break
        case .retry(let milliseconds): await self.handle(.retry(.milliseconds(min(milliseconds, 3_600_000))))
        case .event(let event):
            switch StreamReading(event, base: base, environment: self.configuration.environment) {
            case .snapshot(let snapshot):
                base = snapshot
                await self.offer(snapshot, stream: id)
            case .misfit(let reason): await self.misfit(reason, stream: id)
            case .end: return true
            case .unknown: break
            }
        }
        return false
    }

    private func heard(_ id: Int) {
        self.handle(.heard(id))
        // Bytes of a stream that was given up may be as old as its silence.
        guard self.work[id]?.isCancelled == false else { return }
        self.live.heard()
        if self.staleStage > 0 { self.checkStaleness() }
    }

    private func confirmed(_ id: Int) {
        self.confirm(by: .stream)
        self.handle(.delivered(id))
    }

    private func offer(_ offered: AppliedSnapshot, stream id: Int) {
        switch self.judge(offered, source: .stream) {
        case .newer, .same, .older: self.handle(.delivered(id))
        case .conflict: self.handle(.conflict(id))
        }
    }

    private func misfit(_ reason: String, stream id: Int) {
        self.logger.warning(
            "what was pushed does not fit; the whole snapshot is fetched",
            metadata: [FlagClientLogKey.reason: "\(reason.prefix(1000))"])
        self.handle(.misfit(id))
    }

    private func failed(_ failure: TransportFailure, stream id: Int) {
        // Whoever was given up is not heard of any more.
        guard self.work[id]?.isCancelled == false else { return }
        self.complain(failure)
        guard case .refused(let refusal) = failure, refusal.problem == Refusal.instanceIDTaken else {
            self.handle(.broke(id, failure.consequence))
            return
        }
        // Two processes under one id is a fault of the fleet's bookkeeping, and no reason to go without flags.
        self.isAnonymous = true
        self.handle(.broke(id, .unreachable))
    }
}
