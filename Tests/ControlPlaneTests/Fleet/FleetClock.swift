import ControlPlane
import FlagModel
import Synchronization

/// The clocks of a fleet under test: they stand still until they are moved.
final class FleetClock: Sendable {
    private let elapsed = Mutex(Duration.seconds(10))

    @Sendable func now() -> FleetMoment {
        let elapsed = self.elapsed.withLock { $0 }
        return FleetMoment(
            uptime: elapsed,
            wall: Timestamp(millisecondsSinceEpoch: 1_750_000_000_000 + elapsed.components.seconds * 1000))
    }

    func advance(_ time: Duration) {
        self.elapsed.withLock { $0 += time }
    }
}
