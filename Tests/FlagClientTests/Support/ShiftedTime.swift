import FlagModel
import Synchronization

@testable import FlagClient

/// The system's time, with both clocks moved as a test likes.
final class ShiftedTime: Sendable {
    private let shift = Mutex((monotonic: Duration.zero, wall: Duration.zero))

    /// Lets time pass, for both clocks.
    func advance(by duration: Duration) {
        self.shift.withLock {
            $0.monotonic += duration
            $0.wall += duration
        }
    }

    /// Sets the wall clock forward or back.
    func setWall(by duration: Duration) {
        self.shift.withLock { $0.wall += duration }
    }

    var source: TimeSource {
        let system = TimeSource()
        let now: @Sendable () -> ContinuousClock.Instant = { system.now() + self.shift.withLock { $0.monotonic } }
        return TimeSource(
            now: now,
            wall: {
                system.wall().advanced(byMilliseconds: self.shift.withLock { $0.wall }.milliseconds)
            },
            boot: {
                system.boot().map {
                    BootMoment(
                        boot: $0.boot,
                        milliseconds: $0.milliseconds + self.shift.withLock { $0.monotonic }.milliseconds)
                }
            },
            sleep: { deadline in
                while now() < deadline {
                    // Never longer than a moment, as the clock may be moved meanwhile.
                    try await Task.sleep(for: min(deadline - now(), .milliseconds(5)))
                }
            })
    }
}
