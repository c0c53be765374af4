internal import COpenSSL

/// Random bytes for credentials, from libcrypto's generator, which the kernel seeds.
public enum SecureRandom {
    /// The generator could not produce bytes; nothing that needs a secret may go on.
    public struct Failure: Error, CustomStringConvertible {
        /// What happened and what to do.
        public var description: String {
            "libcrypto's random generator failed; no credential was made. Check that getrandom(2) works on this machine."
        }
    }

    /// `count` random bytes fit for a secret.
    ///
    /// - Throws: ``Failure`` when the generator cannot be seeded. There is no weaker fallback.
    public static func bytes(_ count: Int) throws(Failure) -> [UInt8] {
        var isFilled = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            isFilled = RAND_bytes(buffer.baseAddress, Int32(count)) == 1
            initialized = isFilled ? count : 0
        }
        guard isFilled else { throw Failure() }
        return bytes
    }

    /// Fills `buffer` with random bytes fit for a secret.
    ///
    /// - Throws: ``Failure`` when the generator cannot be seeded; the buffer's content is then unspecified.
    public static func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(Failure) {
        guard RAND_bytes(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(buffer.count)) == 1 else {
            throw Failure()
        }
    }
}
