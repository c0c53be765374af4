import Digest
import Synchronization

/// Makes tickets.
///
/// A call of libcrypto's generator costs about a microsecond however little it is asked for, as much as all the rest of
/// an issue; so bytes for many tickets are drawn at once, and each is erased when it is used.
final class TicketMint: Sendable {
    private static let byteCount = 32

    private struct Pool {
        var bytes = [UInt8](repeating: 0, count: 128 * TicketMint.byteCount)
        /// What lies before was used.
        var position = 128 * TicketMint.byteCount
    }

    private let pool = Mutex(Pool())

    /// A new ticket of 32 random bytes.
    ///
    /// - Throws: `SecureRandom.Failure`. There is no weaker source.
    func mint(_ kind: TicketKind) throws(SecureRandom.Failure) -> PresentedTicket {
        let words = try self.draw()
        let text = withUnsafeBytes(of: words) { bytes in
            String(unsafeUninitializedCapacity: PresentedTicket.length + 1) { output in
                var count = 0
                if kind == .multiUse {
                    output[0] = PresentedTicket.multiUseMark
                    count = 1
                }
                Base64URL.encode(bytes) { character in
                    output[count] = character
                    count += 1
                }
                return count
            }
        }
        return PresentedTicket(minted: text, kind: kind)
    }

    private func draw() throws(SecureRandom.Failure) -> (UInt64, UInt64, UInt64, UInt64) {
        try self.pool.withLock { pool throws(SecureRandom.Failure) in
            if pool.position == pool.bytes.count {
                // Assigned only when the generator has succeeded, so that old bytes are never used twice.
                pool.bytes = try SecureRandom.bytes(pool.bytes.count)
                pool.position = 0
            }
            var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
            let range = pool.position..<(pool.position + Self.byteCount)
            pool.bytes.withUnsafeMutableBytes { bytes in
                let drawn = UnsafeMutableRawBufferPointer(rebasing: bytes[range])
                withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: UnsafeRawBufferPointer(drawn)) }
                drawn.initializeMemory(as: UInt8.self, repeating: 0)
            }
            pool.position = range.upperBound
            return words
        }
    }
}
