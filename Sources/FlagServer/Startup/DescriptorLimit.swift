#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// How many file descriptors this process may have open, and how many connections that leaves room for.
struct DescriptorLimit: Sendable, Hashable {
    /// Descriptors that are kept back from HTTP connections: for the database, Redis, the event loops, the log.
    static let reserve = 128

    /// The number of descriptors that may be open at one time.
    let descriptors: Int

    /// The connections that can be served of the `configured` ones: at least one, and the reserve stays free.
    func connections(configured: Int) -> Int {
        min(configured, max(1, self.descriptors - Self.reserve))
    }

    /// What the log says when there is less room than `configured` connections need; nil when there is enough.
    func advice(configured: Int) -> String? {
        let connections = self.connections(configured: configured)
        guard connections < configured else { return nil }
        return "\(self.descriptors) file descriptors allow \(connections) connections instead of \(configured); "
            + "raise the hard limit (ulimit -Hn) to \(configured + Self.reserve)"
    }

    /// The configuration with as many connections as can be served.
    func limiting(_ configuration: ServerConfiguration) -> ServerConfiguration {
        var configuration = configuration
        configuration.limits.connections = self.connections(configured: configuration.limits.connections)
        return configuration
    }

    /// Raises the soft limit as far as the hard one lets it, and says what holds now; nil when the system does not tell.
    static func raised() -> DescriptorLimit? {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return nil }
        if limit.rlim_cur < limit.rlim_max {
            var wanted = limit
            wanted.rlim_cur = limit.rlim_max
            if setrlimit(resource, &wanted) == 0 { limit = wanted }
        }
        return DescriptorLimit(descriptors: Int(clamping: limit.rlim_cur))
    }
}
