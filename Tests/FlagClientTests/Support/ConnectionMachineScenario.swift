@testable import FlagClient

/// What tests of the connection's state machine begin with.
protocol ConnectionMachineScenario {
    /// When the machine starts.
    var start: ContinuousClock.Instant { get }
}

extension ConnectionMachineScenario {
    /// A machine whose random waits are always the longest.
    func machine(_ change: (inout FlagClientTimings) -> Void = { _ in }) -> HeldMachine {
        var timings = FlagClientTimings()
        change(&timings)
        return HeldMachine(ConnectionMachine(timings: timings) { 1 })
    }

    /// A machine with a stream that delivered, opened at the start.
    func streaming(_ change: (inout FlagClientTimings) -> Void = { _ in }) -> HeldMachine {
        let machine = self.machine(change)
        _ = machine.handle(.start, at: self.start)
        _ = machine.handle(.heard(1), at: self.start)
        _ = machine.handle(.delivered(1), at: self.start)
        return machine
    }

    /// A machine that polls since 10 seconds after the start, as nothing came; its poll 2 is under way.
    func polling(_ change: (inout FlagClientTimings) -> Void = { _ in }) -> HeldMachine {
        let machine = self.machine(change)
        _ = machine.handle(.start, at: self.start)
        _ = machine.handle(.tick, at: self.after(10))
        return machine
    }

    func after(_ seconds: Double) -> ContinuousClock.Instant {
        self.start + .milliseconds(Int((seconds * 1000).rounded()))
    }
}
