internal import COpenSSL

/// HMAC-SHA-256 (RFC 2104), computed by the system's libcrypto.
public enum HMACSHA256 {
    /// The authentication code of `message` under `key`: 32 bytes.
    public static func authenticate(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        let message = Array(message)
        return [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
            var length: UInt32 = 0
            let code = HMAC(
                EVP_sha256(), key, Int32(key.count), message, message.count, buffer.baseAddress, &length)
            // A code that is too short would be a key to every door: rather no program than one that hands it out.
            precondition(code != nil && length == SHA256.byteCount, "libcrypto cannot compute HMAC-SHA-256")
            count = Int(length)
        }
    }
}
