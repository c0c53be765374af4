#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// IP addresses as texts, one for each address however it was written.
public enum NetworkAddress {
    /// The first ten zero bytes and two set ones of an IPv4 address in IPv6's clothes (RFC 4291, 2.5.5.2).
    private static let mappedPrefix: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

    /// The canonical text of `text`: IPv6 compressed and in lower case (RFC 5952), IPv4 mapped to IPv6 as IPv4. Brackets
    /// around IPv6 are taken off.
    ///
    /// - Returns: Nil when `text` is not an address.
    public static func canonical(_ text: String) -> String? {
        // A zero byte would end the text early for the system's parser.
        guard text.utf8.count <= 64, !text.utf8.contains(0) else { return nil }
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        var four = in_addr()
        if bare == text, inet_pton(AF_INET, bare, &four) == 1 { return Self.text(AF_INET, &four) }
        var six = in6_addr()
        guard inet_pton(AF_INET6, bare, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        guard bytes.starts(with: Self.mappedPrefix) else { return Self.text(AF_INET6, &six) }
        return bytes.suffix(4).map(String.init).joined(separator: ".")
    }

    private static func text(_ family: Int32, _ address: UnsafeRawPointer) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            inet_ntop(family, address, buffer.baseAddress, socklen_t(buffer.count)).map { String(cString: $0) }
        }
    }
}
