internal import NIOCore

/// What kind of place an IP address is, as far as webhooks go.
enum AddressKind {
    /// Anyone's.
    case `public`
    /// This machine's, or this network's.
    case `private`
    /// One that no webhook goes to: link-local addresses, where clouds answer with a machine's credentials, and what is no
    /// single host.
    case never

    /// The kind of an address; that of the IPv4 address in an IPv6 one that only wraps it.
    init(_ address: SocketAddress) {
        // Of a socket address the bytes of the IP address stand behind those of family and port, and, in IPv6, of the flow.
        switch address {
        case .v4(let address): self.init(four: withUnsafeBytes(of: address.address) { Array($0[4..<8]) })
        case .v6(let address): self.init(six: withUnsafeBytes(of: address.address) { Array($0[8..<24]) })
        case .unixDomainSocket: self = .never
        }
    }

    private init(four bytes: [UInt8]) {
        switch (bytes[0], bytes[1]) {
        case (0, _), (169, 254), (224..., _): self = .never
        case (10, _), (127, _), (172, 16...31), (192, 168), (100, 64...127): self = .private
        default: self = .public
        }
    }

    private init(six bytes: [UInt8]) {
        let wrappers: [[UInt8]] = [
            Array(repeating: 0, count: 10) + [0xFF, 0xFF], [0, 0x64, 0xFF, 0x9B] + Array(repeating: 0, count: 8),
        ]
        if wrappers.contains(where: bytes.starts(with:)) {
            self.init(four: Array(bytes.suffix(4)))
        } else if bytes.dropLast().allSatisfy({ $0 == 0 }) {
            self = bytes.last == 1 ? .private : .never
        } else if bytes[0] == 0xFF || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 || bytes == Self.metadata {
            self = .never
        } else {
            self = bytes[0] & 0xFE == 0xFC ? .private : .public
        }
    }

    /// fd00:ec2::254, where a cloud answers with a machine's credentials.
    private static let metadata: [UInt8] = [0xFD, 0, 0x0E, 0xC2] + Array(repeating: 0, count: 10) + [0x02, 0x54]
}
