import TestSupport

extension TemporaryDirectory {
    /// Where tests have a cache file.
    var cache: String { self.file("flags") }

    /// The cache file.
    func read() throws -> [UInt8] { try self.read("flags") }

    /// Writes the cache file.
    func write(_ bytes: [UInt8]) throws { try self.write(bytes, to: "flags") }

    /// The cache file, as soon as there is one.
    func readWhenThere() async throws -> [UInt8] {
        try await eventually("a cache file") { self.names.contains("flags") }
        return try self.read()
    }
}
