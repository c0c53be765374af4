@testable import FlagClient

/// A machine behind a reference, so that expectations may call what changes it.
@dynamicMemberLookup
final class HeldMachine {
    private var machine: ConnectionMachine

    init(_ machine: ConnectionMachine) { self.machine = machine }

    subscript<Value>(dynamicMember path: KeyPath<ConnectionMachine, Value>) -> Value { self.machine[keyPath: path] }

    func handle(_ event: ConnectionMachine.Event, at now: ContinuousClock.Instant) -> [ConnectionMachine.Action] {
        self.machine.handle(event, at: now)
    }
}
