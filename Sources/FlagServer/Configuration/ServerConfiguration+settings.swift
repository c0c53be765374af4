internal import ControlPlane
internal import FlagModel
internal import FoundationEssentials
internal import Logging
internal import RedisClient
internal import TicketRuntime

extension ServerConfiguration {
    /// The shortest admin token that is accepted, in characters.
    static let shortestAdminToken = 16

    /// The host's name and the process's number.
    static var processName: String {
        "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)"
    }

    /// Understands the settings that were given; what was not given is as built in.
    ///
    /// - Throws: ``ConfigurationError`` with every fault at once.
    init(_ values: SettingValues, files: any FileReading) throws(ConfigurationError) {
        self.init()
        var reader = ConfigurationReader(values: values, files: files)
        reader.set(&self.listen, .listen, "expected host:port, such as 127.0.0.1:8080", ListenAddress.init)
        reader.set(&self.databasePath, .database)
        reader.set(&self.environmentsDirectory, .environmentsDirectory)
        reader.set(&self.migrationsDirectory, .migrationsDirectory)
        reader.set(&self.runtimeEnvironment, .runtimeEnvironment, "use \(EnvironmentName.pattern)") {
            EnvironmentName.isValid($0) ? EnvironmentName(unchecked: $0) : nil
        }
        reader.set(&self.ticketPrefix, .ticketPrefix, "use 1 to 100 characters of A-Z a-z 0-9 . _ -") {
            FlagKey.isValid($0) ? $0 : nil
        }
        reader.set(&self.instanceID, .instanceID, "use 1 to 64 characters without line breaks") {
            $0.utf8.count <= 64 && !$0.contains(where: \.isNewline) ? $0 : nil
        }
        reader.set(&self.shutdownTimeout, .shutdownTimeout, "expected a time of 1s to 1h, such as 10s") {
            Duration.seconds(parsing: $0).flatMap { (1...3600).contains($0) ? .seconds($0) : nil }
        }
        self.readTimes(&reader)
        reader.set(
            &self.prometheus, .prometheusURL,
            "expected a URL that begins with http:// or https://, without credentials",
            { PrometheusAddress($0).map(Optional.some) })
        reader.set(&self.logLevel, .logLevel, oneOf(Logger.Level.allCases), Logger.Level.init(rawValue:))
        reader.set(&self.logFormat, .logFormat, oneOf(LogFormat.allCases), LogFormat.init(rawValue:))
        reader.set(
            &self.webSocketURL, .webSocketURL, "expected a URL that begins with ws:// or wss://, without a query",
            Self.webSocketURL)
        reader.set(
            &self.trustedProxies, .trustedProxies, "expected IP addresses separated by commas", TrustedProxies.init)
        reader.set(&self.allowedOrigins, .allowedOrigins) { (text) throws(InvalidDocument) in try OriginAllowList(text)
        }
        self.readPathways(&reader)
        self.readSecrets(&reader)
        try reader.finish()
    }

    /// `text` if clients can be told it, else nil: a scheme, a host, no query, no space.
    private static func webSocketURL(_ text: String) -> String?? {
        guard let scheme = ["ws://", "wss://"].first(where: text.hasPrefix) else { return .none }
        let rest = text.dropFirst(scheme.count)
        guard let first = rest.first, first != "/", first != ":", !rest.contains(where: { $0.isWhitespace }),
            !rest.contains("?"), !rest.contains("#")
        else { return .none }
        return .some(text)
    }

    private mutating func readTimes(_ reader: inout ConfigurationReader) {
        func within(_ range: ClosedRange<Int64>) -> (String) -> Duration? {
            { text in Duration.seconds(parsing: text).flatMap { range.contains($0) ? .seconds($0) : nil } }
        }
        reader.set(
            &self.streams.heartbeat, .streamHeartbeat, "expected a time of 1s to 1m, such as 15s", within(1...60))
        reader.set(
            &self.streams.maximumAge, .streamMaximumAge, "expected a time of 10s to 1d, such as 30m",
            within(10...86_400))
        reader.set(
            &self.fleet.staleAfter, .instanceStaleAfter, "expected a time of 5s to 1h, such as 45s", within(5...3600))
        reader.set(
            &self.fleet.goneAfter, .instanceGoneAfter, "expected a time of 6s to 1d, such as 5m", within(6...86_400))
        if self.fleet.goneAfter <= self.fleet.staleAfter {
            reader.fail(
                reader.name(of: .instanceGoneAfter),
                "is not longer than \(Setting.instanceStaleAfter.variable); make it so")
        }
        self.fleet.forgottenAfter = max(self.fleet.forgottenAfter, self.fleet.goneAfter)
        self.streams.writeLimit = self.fleet.goneAfter
        // What is left of the time goes to requests in progress.
        self.streams.drainTime = min(self.streams.drainTime, self.shutdownTimeout / 4)
    }

    private mutating func readSecrets(_ reader: inout ConfigurationReader) {
        self.adminToken = reader.secret(.adminToken) { (text) throws(WeakSecret) in
            guard text.utf8.count >= Self.shortestAdminToken else {
                throw WeakSecret("is too weak: use \(Self.shortestAdminToken) characters at least")
            }
            guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw WeakSecret("cannot be sent in a header: use visible ASCII characters only")
            }
            return Secret(text)
        }
        self.jwt.secret = reader.secret(.jwtSecret) { (text) throws(JWTConfigurationError) in try JWTSecret(text) }
        reader.set(&self.jwt.secretKeyID, .jwtSecretKeyID) { (text) throws(Never) in text }
        reader.set(&self.jwt.publicKeyID, .jwtPublicKeyID) { (text) throws(Never) in text }
        self.jwt.publicKey = reader.file(.jwtPublicKeyFile)
        reader.set(&self.jwt.issuer, .jwtIssuer) { (text) throws(Never) in text }
        reader.set(&self.jwt.audience, .jwtAudience) { (text) throws(Never) in text }
        self.redis = reader.secret(.redisURL) { (text) throws(RedisURLError) in try RedisConfiguration(url: text) }
        self.sessionRedis = reader.secret(.sessionRedisURL) { (text) throws(RedisURLError) in
            try RedisConfiguration(url: text)
        }
        self.bypassSecret = reader.secret(.bypassSecret) { (text) throws(WeakSecret) in
            guard let secret = BypassSecret(text) else {
                throw WeakSecret("is too weak: use \(BypassSecret.minimumLength) characters at least")
            }
            return secret
        }
    }

    private mutating func readPathways(_ reader: inout ConfigurationReader) {
        let name = "use 1 to 100 characters of A-Z a-z 0-9 . _ -"
        reader.set(&self.tokenCookie, .tokenCookie, name) { FlagKey.isValid($0) ? $0 : nil }
        reader.set(&self.sessionCookie, .sessionCookie, name) { FlagKey.isValid($0) ? $0 : nil }
        if self.tokenCookie == self.sessionCookie {
            reader.fail(reader.name(of: .sessionCookie), "is the cookie of \(Setting.tokenCookie.variable) as well")
        }
        reader.set(&self.sessionPrefix, .sessionPrefix, "use 1 to 100 visible ASCII characters") {
            (1...100).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? $0 : nil
        }
    }

    /// Makes sure that there is something to verify users' JWTs with, or that it may be made up. Checked once the
    /// runtime environment is known to exist: a slip in its name would be taken for missing keys.
    ///
    /// - Throws: ``ConfigurationError`` naming the settings that give a key.
    func requireKeys() throws(ConfigurationError) {
        guard !self.jwt.hasKey, self.runtimeEnvironment != Self.developmentEnvironment else { return }
        throw ConfigurationError(
            Setting.jwtSecret.variable,
            "nothing to verify users' JWTs with in \(self.runtimeEnvironment): set it, or "
                + "\(Setting.jwtSecretFile.variable), or \(Setting.jwtPublicKeyFile.variable). Only the runtime "
                + "environment \(Self.developmentEnvironment) makes a secret of its own")
    }

    /// The runtime environment in which what is missing is made up.
    static let developmentEnvironment: EnvironmentName = "development"
}

/// A secret that is easily guessed, or that cannot be used.
private struct WeakSecret: Error, CustomStringConvertible {
    let description: String

    init(_ fault: String) {
        self.description = fault + "; a good one comes from: openssl rand -hex 32"
    }
}

private func oneOf<Value: RawRepresentable<String>>(_ values: [Value]) -> String {
    "expected one of " + values.map(\.rawValue).joined(separator: ", ")
}
