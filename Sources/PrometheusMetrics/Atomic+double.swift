internal import Synchronization

extension Atomic where Value == UInt64 {
    /// Adds to the number whose bit pattern it holds.
    func addDouble(_ amount: Double) {
        var current = self.load(ordering: .relaxed)
        while true {
            let desired = (Double(bitPattern: current) + amount).bitPattern
            let (exchanged, original) = self.weakCompareExchange(
                expected: current, desired: desired, ordering: .relaxed)
            if exchanged { return }
            current = original
        }
    }
}
