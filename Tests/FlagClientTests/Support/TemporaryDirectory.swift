import Foundation
import Testing

/// A directory that exists as long as the value does.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        self.path =
            FileManager.default.temporaryDirectory.appendingPathComponent("flagclient-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.path) }

    var cache: String { self.path + "/flags" }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: self.path)) ?? []).sorted() }

    func read(_ name: String = "flags") throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: self.path + "/" + name)))
    }

    func write(_ bytes: [UInt8], to name: String = "flags") throws {
        try Data(bytes).write(to: URL(fileURLWithPath: self.path + "/" + name))
    }

    func mode(of name: String = "flags") throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: self.path + "/" + name)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}

extension TemporaryDirectory {
    /// The cache file, as soon as there is one.
    func readWhenThere() async throws -> [UInt8] {
        try await expectEventually { self.names.contains("flags") }
        return try self.read()
    }
}
