/// Why a test's Redis server is not usable.
public struct TestRedisError: Error, CustomStringConvertible {
    /// What happened.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
