internal import ArgumentParser

/// The flags of all settings that are not secret. What they are called and what they mean stands in ``Setting``.
struct SettingOptions: ParsableArguments {
    @Option(name: .setting(.config), help: .setting(.config)) var config: String?
    @Option(name: .setting(.listen), help: .setting(.listen)) var listen: String?
    @Option(name: .setting(.database), help: .setting(.database)) var database: String?
    @Option(name: .setting(.environmentsDirectory), help: .setting(.environmentsDirectory))
    var environmentsDirectory: String?
    @Option(name: .setting(.migrationsDirectory), help: .setting(.migrationsDirectory)) var migrationsDirectory: String?
    @Option(name: .setting(.runtimeEnvironment), help: .setting(.runtimeEnvironment)) var runtimeEnvironment: String?
    @Option(name: .setting(.adminTokenFile), help: .setting(.adminTokenFile)) var adminTokenFile: String?
    @Option(name: .setting(.redisURLFile), help: .setting(.redisURLFile)) var redisURLFile: String?
    @Option(name: .setting(.ticketPrefix), help: .setting(.ticketPrefix)) var ticketPrefix: String?
    @Option(name: .setting(.allowedOrigins), help: .setting(.allowedOrigins)) var allowedOrigins: String?
    @Option(name: .setting(.trustedProxies), help: .setting(.trustedProxies)) var trustedProxies: String?
    @Option(name: .setting(.webSocketURL), help: .setting(.webSocketURL)) var webSocketURL: String?
    @Option(name: .setting(.jwtSecretFile), help: .setting(.jwtSecretFile)) var jwtSecretFile: String?
    @Option(name: .setting(.jwtPublicKeyFile), help: .setting(.jwtPublicKeyFile)) var jwtPublicKeyFile: String?
    @Option(name: .setting(.jwtSecretKeyID), help: .setting(.jwtSecretKeyID)) var jwtSecretKeyID: String?
    @Option(name: .setting(.jwtPublicKeyID), help: .setting(.jwtPublicKeyID)) var jwtPublicKeyID: String?
    @Option(name: .setting(.jwtIssuer), help: .setting(.jwtIssuer)) var jwtIssuer: String?
    @Option(name: .setting(.jwtAudience), help: .setting(.jwtAudience)) var jwtAudience: String?
    @Option(name: .setting(.tokenCookie), help: .setting(.tokenCookie)) var tokenCookie: String?
    @Option(name: .setting(.sessionCookie), help: .setting(.sessionCookie)) var sessionCookie: String?
    @Option(name: .setting(.sessionRedisURLFile), help: .setting(.sessionRedisURLFile)) var sessionRedisURLFile: String?
    @Option(name: .setting(.sessionPrefix), help: .setting(.sessionPrefix)) var sessionPrefix: String?
    @Option(name: .setting(.bypassSecretFile), help: .setting(.bypassSecretFile)) var bypassSecretFile: String?
    @Option(name: .setting(.instanceID), help: .setting(.instanceID)) var instanceID: String?
    @Option(name: .setting(.shutdownTimeout), help: .setting(.shutdownTimeout)) var shutdownTimeout: String?
    @Option(name: .setting(.streamHeartbeat), help: .setting(.streamHeartbeat)) var streamHeartbeat: String?
    @Option(name: .setting(.streamMaximumAge), help: .setting(.streamMaximumAge)) var streamMaximumAge: String?
    @Option(name: .setting(.instanceStaleAfter), help: .setting(.instanceStaleAfter)) var instanceStaleAfter: String?
    @Option(name: .setting(.instanceGoneAfter), help: .setting(.instanceGoneAfter)) var instanceGoneAfter: String?
    @Option(name: .setting(.prometheusURL), help: .setting(.prometheusURL)) var prometheusURL: String?
    @Option(name: .setting(.logLevel), help: .setting(.logLevel)) var logLevel: String?
    @Option(name: .setting(.logFormat), help: .setting(.logFormat)) var logFormat: String?

    /// What was given.
    var values: [Setting: String] {
        let given: [Setting: String?] = [
            .config: self.config, .listen: self.listen, .database: self.database,
            .environmentsDirectory: self.environmentsDirectory, .migrationsDirectory: self.migrationsDirectory,
            .runtimeEnvironment: self.runtimeEnvironment, .adminTokenFile: self.adminTokenFile,
            .redisURLFile: self.redisURLFile, .ticketPrefix: self.ticketPrefix, .allowedOrigins: self.allowedOrigins,
            .trustedProxies: self.trustedProxies, .webSocketURL: self.webSocketURL, .jwtSecretFile: self.jwtSecretFile,
            .jwtSecretKeyID: self.jwtSecretKeyID, .jwtPublicKeyFile: self.jwtPublicKeyFile,
            .jwtPublicKeyID: self.jwtPublicKeyID, .jwtIssuer: self.jwtIssuer, .jwtAudience: self.jwtAudience,
            .tokenCookie: self.tokenCookie, .sessionCookie: self.sessionCookie,
            .sessionRedisURLFile: self.sessionRedisURLFile, .sessionPrefix: self.sessionPrefix,
            .bypassSecretFile: self.bypassSecretFile, .instanceID: self.instanceID,
            .shutdownTimeout: self.shutdownTimeout,
            .streamHeartbeat: self.streamHeartbeat, .streamMaximumAge: self.streamMaximumAge,
            .instanceStaleAfter: self.instanceStaleAfter, .instanceGoneAfter: self.instanceGoneAfter,
            .prometheusURL: self.prometheusURL, .logLevel: self.logLevel, .logFormat: self.logFormat,
        ]
        return given.compactMapValues(\.self)
    }
}

extension NameSpecification {
    /// The setting's own flag.
    fileprivate static func setting(_ setting: Setting) -> NameSpecification {
        .customLong(setting.rawValue)
    }
}

extension ArgumentHelp {
    /// The setting's summary, variable and default.
    fileprivate static func setting(_ setting: Setting) -> ArgumentHelp {
        let fallback = setting.defaultText.map { "; default \($0)" } ?? ""
        return ArgumentHelp("\(setting.summary). \(setting.variable)\(fallback)", valueName: "value")
    }
}
