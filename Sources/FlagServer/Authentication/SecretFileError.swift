/// A file that holds a secret cannot be used. Never holds the secret.
struct SecretFileError: Error, Hashable, CustomStringConvertible {
    /// The file.
    let path: String
    /// What is wrong, and what to do.
    let fault: String

    /// The file, what is wrong, and what to do.
    var description: String { "the secret file \(self.path) \(self.fault)" }
}
