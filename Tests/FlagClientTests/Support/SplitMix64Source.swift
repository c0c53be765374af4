import Synchronization
import TestSupport

/// Numbers from 0 up to 1 that are the same in every run.
final class SplitMix64Source: Sendable {
    private let random: Mutex<SplitMix64>

    init(seed: UInt64) { self.random = Mutex(SplitMix64(seed: seed)) }

    func next() -> Double { self.random.withLock { Double.random(in: 0..<1, using: &$0) } }
}
