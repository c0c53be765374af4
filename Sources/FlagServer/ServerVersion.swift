/// The version of this program.
enum ServerVersion {
    /// Semantic version 2.
    static let text = "0.1.0"
}
