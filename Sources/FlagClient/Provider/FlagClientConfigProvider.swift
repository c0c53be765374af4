public import Configuration

/// A client's flags for swift-configuration's `ConfigReader`, beside environment variables and files.
///
/// ```swift
/// let config = ConfigReader(providers: [client.configProvider(), EnvironmentVariablesProvider()])
/// let limit = config.int(forKey: "UPLOAD_LIMIT", default: 10)
/// let isOn = config.bool(
///     forKey: ConfigKey("NEW_CHECKOUT", context: ["targetingKey": .string(user.id)]), default: false)
/// ```
///
/// The key is the flag's, its parts joined by dots. The key's context is the evaluation context; its `targetingKey` is the
/// targeting key. An unknown flag, a disabled one, and any before the first snapshot have no value here, so that the next
/// provider is asked. Bytes are read from a string flag in base64, arrays from an object flag that holds an array. Values
/// are live: watching yields whenever the flag changes.
///
/// A read through `ConfigReader` costs more than one of the client itself; hot paths use the client.
public struct FlagClientConfigProvider: ConfigProvider {
    private let live: LiveState

    init(_ live: LiveState) {
        self.live = live
    }

    /// `FlagClient`.
    public var providerName: String { "FlagClient" }

    /// What a flag says now.
    ///
    /// - Throws: ``FlagTypeMismatch``.
    public func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
        try self.now.value(forKey: key, type: type)
    }

    /// What a flag says now: the client follows its control plane anyway, so there is nothing to fetch.
    ///
    /// - Throws: ``FlagTypeMismatch``.
    public func fetchValue(forKey key: AbsoluteConfigKey, type: ConfigType) async throws -> LookupResult {
        try self.now.value(forKey: key, type: type)
    }

    /// What a flag says: now, and again whenever it changes.
    ///
    /// - Throws: What `updatesHandler` throws.
    public func watchValue<Return: ~Copyable>(
        forKey key: AbsoluteConfigKey, type: ConfigType,
        updatesHandler: (ConfigUpdatesAsyncSequence<Result<LookupResult, any Error>, Never>) async throws -> Return
    ) async throws -> Return {
        let sightings = FlagSightings(key: key.components.joined(separator: "."), live: self.live)
        return try await updatesHandler(
            ConfigUpdatesAsyncSequence(
                sightings.map { _ in Result { try self.value(forKey: key, type: type) } }))
    }

    /// All flags as they are now.
    public func snapshot() -> any ConfigSnapshot { self.now }

    /// All flags: as they are now, and again whenever any changes.
    ///
    /// - Throws: What `updatesHandler` throws.
    public func watchSnapshot<Return: ~Copyable>(
        updatesHandler: (ConfigUpdatesAsyncSequence<any ConfigSnapshot, Never>) async throws -> Return
    ) async throws -> Return {
        try await updatesHandler(
            ConfigUpdatesAsyncSequence(self.live.news.subscribe().map { _ in self.now as any ConfigSnapshot }))
    }

    private var now: FlagConfigSnapshot { FlagConfigSnapshot(self.live, providerName: self.providerName) }
}

extension FlagClient {
    /// The client's flags for swift-configuration's `ConfigReader`.
    public func configProvider() -> FlagClientConfigProvider {
        FlagClientConfigProvider(self.live)
    }
}
