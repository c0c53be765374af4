/// The configuration of JWT verification cannot be used. Never holds a secret.
struct JWTConfigurationError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    let description: String

    /// An error that says what is wrong and what to do.
    init(_ description: String) {
        self.description = description
    }
}
