extension RedisConfiguration {
    /// Reads `redis://[user[:password]@]host[:port][/database][?option=value&…]`; `rediss://` is TLS.
    ///
    /// User, password and option values are percent-decoded; a password with `/`, `?` or `%` has to be encoded.
    /// `redis://:password@host` authenticates as the default user.
    ///
    /// Options: `ca` (PEM file of the trusted authorities), `verify` (`full`, or `ca` for the chain without the host
    /// name), `name` (client name), `connections` (1 to 64).
    ///
    /// - Parameter url: The URL.
    /// - Throws: ``RedisURLError``, which never echoes the credentials.
    public init(url: String) throws(RedisURLError) {
        var rest = Substring(url)
        var tls: RedisTLS?
        if let plain = rest.afterScheme("redis://") {
            rest = plain
        } else if let secure = rest.afterScheme("rediss://") {
            rest = secure
            tls = RedisTLS()
        } else {
            throw .unknownScheme
        }
        let query = rest.splitOff(atFirst: "?")
        let path = rest.splitOff(atFirst: "/")

        var credentials: RedisCredentials?
        // The last "@": a password that was not encoded may contain one.
        if let at = rest.lastIndex(of: "@") {
            credentials = try Self.credentials(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        let (host, port) = try Self.hostAndPort(rest)
        self.init(host: host, port: port)
        self.credentials = credentials
        self.tls = tls
        if let path, !path.isEmpty {
            guard let database = Int(path), database >= 0 else { throw .invalidDatabase }
            self.database = database
        }
        for option in query?.split(separator: "&") ?? [] {
            try self.apply(option: option)
        }
    }

    private static func credentials(_ text: Substring) throws(RedisURLError) -> RedisCredentials? {
        guard !text.isEmpty else { return nil }
        var user = text
        guard let password = user.splitOff(atFirst: ":") else { throw .missingPassword }
        guard let decodedUser = user.percentDecoded else { throw .invalidEncoding(part: "user") }
        guard let decodedPassword = password.percentDecoded else { throw .invalidEncoding(part: "password") }
        return RedisCredentials(user: decodedUser.isEmpty ? nil : decodedUser, password: decodedPassword)
    }

    private static func hostAndPort(_ text: Substring) throws(RedisURLError) -> (host: String, port: Int) {
        var host = text
        var port: Substring?
        if host.first == "[" {
            guard let end = host.firstIndex(of: "]") else { throw .missingHost }
            let tail = host[host.index(after: end)...]
            host = host[host.index(after: host.startIndex)..<end]
            if !tail.isEmpty {
                guard tail.first == ":" else { throw .invalidPort }
                port = tail.dropFirst()
            }
        } else {
            port = host.splitOff(atFirst: ":")
        }
        guard !host.isEmpty else { throw .missingHost }
        guard let port else { return (String(host), 6379) }
        guard let number = Int(port), (1...65535).contains(number) else { throw .invalidPort }
        return (String(host), number)
    }

    private mutating func apply(option: Substring) throws(RedisURLError) {
        var name = option
        guard let value = (name.splitOff(atFirst: "=") ?? "").percentDecoded else {
            throw .invalidEncoding(part: "option")
        }
        switch name {
        case "ca":
            guard self.tls != nil else { throw .optionNeedsTLS("ca") }
            guard !value.isEmpty else { throw .invalidOption("ca") }
            self.tls?.certificateAuthorityFile = value
        case "verify":
            guard self.tls != nil else { throw .optionNeedsTLS("verify") }
            switch value {
            case "full": self.tls?.verification = .full
            case "ca": self.tls?.verification = .chainOnly
            default: throw .invalidOption("verify")
            }
        case "name":
            guard !value.isEmpty, value.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { throw .invalidOption("name") }
            self.clientName = value
        case "connections":
            guard let count = Int(value), (1...64).contains(count) else { throw .invalidOption("connections") }
            self.connectionCount = count
        default:
            throw .unknownOption
        }
    }
}

extension Substring {
    /// What follows `scheme`, compared without regard to case, or nil.
    fileprivate func afterScheme(_ scheme: String) -> Substring? {
        self.prefix(scheme.count).lowercased() == scheme ? self.dropFirst(scheme.count) : nil
    }

    /// Keeps what stands before the first `separator` and returns what stands behind it; nil without a separator.
    fileprivate mutating func splitOff(atFirst separator: Character) -> Substring? {
        guard let index = self.firstIndex(of: separator) else { return nil }
        let tail = self[self.index(after: index)...]
        self = self[..<index]
        return tail
    }

    /// The text with `%XX` replaced, or nil if it is malformed.
    fileprivate var percentDecoded: String? {
        var decoded: [UInt8] = []
        var bytes = self.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = bytes.next().flatMap(Self.hexValue), let low = bytes.next().flatMap(Self.hexValue) else {
                return nil
            }
            decoded.append(high << 4 | low)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
