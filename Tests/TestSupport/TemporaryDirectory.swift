import Foundation

/// A directory that exists as long as the value does.
public final class TemporaryDirectory: Sendable {
    /// Where it is.
    public let path: String

    /// Makes one.
    public init() throws {
        self.path = FileManager.default.temporaryDirectory.appendingPathComponent("signalbox-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.path) }

    /// Makes a directory that is there while `body` runs.
    public static func with<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let directory = try Self()
        let value = try await body(directory.path)
        withExtendedLifetime(directory) {}
        return value
    }

    /// What is in it, in order.
    public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: self.path)) ?? []).sorted() }

    /// The path of a file in it.
    public func file(_ name: String) -> String { self.path + "/" + name }

    /// The bytes of a file in it.
    public func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: self.file(name))))
    }

    /// Writes a file in it.
    public func write(_ text: String, to name: String) throws {
        try self.write(Array(text.utf8), to: name)
    }

    /// Writes a file in it.
    public func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: self.file(name)))
    }

    /// The permission bits of a file in it, or of the directory itself.
    public func mode(of name: String = "") throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: name.isEmpty ? self.path : self.file(name))
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}
