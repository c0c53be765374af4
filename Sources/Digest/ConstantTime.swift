internal import COpenSSL

/// Comparison of secrets whose time does not tell where they differ.
public enum ConstantTime {
    /// Whether `left` and `right` hold the same bytes. Only the lengths may be learnt from the time it takes.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
