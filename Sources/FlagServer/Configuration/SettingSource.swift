/// Where a setting's value came from. The later case wins over the earlier one.
enum SettingSource: Sendable, Hashable, Comparable {
    case builtIn
    case file(path: String)
    case environment
    case flag

    /// The source as a person would look for it.
    func name(of setting: Setting) -> String {
        switch self {
        case .builtIn: "default"
        case .file(let path): "\(setting.rawValue) in \(path)"
        case .environment: setting.variable
        case .flag: "--\(setting.rawValue)"
        }
    }
}
