import FlagModel
import NIOCore
import Synchronization

/// What a message leads to, worked out and verified by whoever gets it first. A subscriber that gets the very same bytes on
/// the very same base takes the result: in the field each has a machine of its own for the work, here they share two cores.
final class SharedWork: Sendable {
    private struct Last {
        var base: String?
        var message: ByteBuffer
        var result: Snapshot
    }

    private let last = Mutex<Last?>(nil)

    /// The snapshot that `message` leads to from the base with that digest.
    func result(of message: ByteBuffer, on base: String?, _ work: () throws -> Snapshot?) rethrows -> Snapshot? {
        let known = self.last.withLock { last in
            last.flatMap { $0.base == base && $0.message == message ? $0.result : nil }
        }
        if let known { return known }
        guard let result = try work() else { return nil }
        self.last.withLock { $0 = Last(base: base, message: message, result: result) }
        return result
    }
}
