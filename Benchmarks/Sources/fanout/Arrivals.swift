import Foundation
import Synchronization

/// Who has which change, and since when.
final class Arrivals: Sendable {
    private struct State {
        /// The moments of arrival, by the change's number.
        var moments: [Int: [ContinuousClock.Instant]] = [:]
        var waiting: (number: Int, continuation: CheckedContinuation<[ContinuousClock.Instant], any Error>)?
        var failure: (any Error)?
    }

    /// How many subscribers there are.
    let count: Int
    private let state = Mutex(State())

    init(count: Int) {
        self.count = count
    }

    /// A subscriber has a change.
    func record(_ number: Int) {
        let now = ContinuousClock.now
        self.state.withLock { state in
            state.moments[number, default: []].append(now)
            guard let waiting = state.waiting, waiting.number == number,
                let moments = state.moments[number], moments.count == self.count
            else { return }
            state.waiting = nil
            state.moments[number] = nil
            waiting.continuation.resume(returning: moments)
        }
    }

    /// A subscriber lost its connection, or was told what cannot be.
    func fail(_ error: any Error) {
        self.state.withLock { state in
            state.failure = state.failure ?? error
            state.waiting?.continuation.resume(throwing: error)
            state.waiting = nil
        }
    }

    /// Waits until everyone has a change; returns how long each of them took, in milliseconds.
    @discardableResult
    func wait(for number: Int, since start: ContinuousClock.Instant = .now) async throws -> [Double] {
        let moments = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<[ContinuousClock.Instant], any Error>) in
            self.state.withLock { state -> Void in
                if let failure = state.failure { return continuation.resume(throwing: failure) }
                guard let moments = state.moments[number], moments.count == self.count else {
                    state.waiting = (number, continuation)
                    return
                }
                state.moments[number] = nil
                continuation.resume(returning: moments)
            }
        }
        return moments.map { ($0 - start) / .milliseconds(1) }
    }
}
