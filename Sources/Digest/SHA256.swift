internal import COpenSSL

/// SHA-256 (FIPS 180-4), computed by the system's libcrypto.
public enum SHA256 {
    /// The length of a digest in bytes.
    public static let byteCount = 32

    /// The digest of `bytes`.
    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let direct = bytes.withContiguousStorageIfAvailable { Self.hash(of: UnsafeRawBufferPointer($0)) }
        return direct ?? Array(bytes).withUnsafeBytes { Self.hash(of: $0) }
    }

    /// The digest of the UTF-8 encoding of `text`.
    public static func hash(_ text: String) -> [UInt8] {
        Self.hash(text.utf8)
    }

    /// The digest of the memory that `bytes` points to.
    public static func hash(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            Self.hash(of: bytes, into: UnsafeMutableRawBufferPointer(buffer))
            count = Self.byteCount
        }
    }

    /// Writes the digest of `bytes` to the first 32 bytes of `output`, without allocating.
    ///
    /// - Precondition: `output` holds at least 32 bytes.
    public static func hash(of bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        precondition(output.count >= Self.byteCount, "a SHA-256 digest needs 32 bytes of room")
        // Neither EVP_Digest nor, since OpenSSL 3, the one-shot SHA256(): both look a provider up and allocate a context,
        // which costs three times as much as hashing a 43-byte ticket.
        var context = SHA256_CTX()
        _ = SHA256_Init(&context)
        _ = SHA256_Update(&context, bytes.baseAddress, bytes.count)
        _ = SHA256_Final(output.baseAddress?.assumingMemoryBound(to: UInt8.self), &context)
    }
}
