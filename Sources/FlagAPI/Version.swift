/// The version of the programs built from this package.
public enum Version {
    /// The version in force: `MAJOR.MINOR.PATCH` (semantic versioning).
    public static let current = "0.1.0"
}
