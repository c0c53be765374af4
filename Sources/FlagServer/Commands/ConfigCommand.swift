internal import ArgumentParser

/// `FlagServer config`: shows the settings and where each comes from.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Shows the settings, and where each comes from. Secrets are not shown.",
        discussion: "Ends with an error when the server could not start with them.")

    @OptionGroup var options: SettingOptions
    @Flag(help: "Shows the table of all settings in Markdown instead.") var markdown = false

    func run() throws {
        if self.markdown { return StandardOutput.output.write(Setting.markdownTable + "\n") }
        let values = try self.options.gathered()
        StandardOutput.output.write(Self.listing(of: values))
        try ServerConfiguration(values, files: LocalFiles()).requireKeys()
    }

    /// One line for each setting: the key, the value, where it comes from.
    static func listing(of values: SettingValues) -> String {
        let rows = Setting.allCases.map { setting in
            let entry = values[setting]
            let value = entry.map { setting.isSecret ? "(secret)" : $0.text } ?? setting.defaultText ?? "-"
            return (setting.rawValue, value, entry?.source.name(of: setting) ?? "default")
        }
        let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        return rows.map { "\(padded($0.0, widths.0))  \(padded($0.1, widths.1))  \($0.2)\n" }.joined()
    }
}
