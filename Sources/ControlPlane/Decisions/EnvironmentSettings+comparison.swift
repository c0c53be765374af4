internal import FlagModel

extension EnvironmentSettings {
    /// Whether both say the same, be `1` spelt `1.0` in one of them.
    func isSame(as other: EnvironmentSettings) -> Bool {
        self == other || self.json.canonical == other.json.canonical
    }
}
