internal import FoundationEssentials

extension SettingOptions {
    /// The settings of this process, not yet understood.
    ///
    /// - Throws: ``ConfigurationError``.
    func gathered() throws(ConfigurationError) -> SettingValues {
        try SettingValues(
            flags: self.values, environment: ProcessInfo.processInfo.environment, files: LocalFiles())
    }

    /// The settings of this process, understood and as they were given.
    ///
    /// - Throws: ``ConfigurationError`` with every fault.
    func configuration() throws(ConfigurationError) -> (ServerConfiguration, SettingValues) {
        let values = try self.gathered()
        return (try ServerConfiguration(values, files: LocalFiles()), values)
    }
}
