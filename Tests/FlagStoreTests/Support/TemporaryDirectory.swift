import Foundation

/// A directory that exists as long as the value does.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        self.path = FileManager.default.temporaryDirectory.appendingPathComponent("flagstore-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.path) }

    func file(_ name: String) -> String { self.path + "/" + name }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: self.file(name), atomically: true, encoding: .utf8)
    }

    /// The permission bits of a file, or of the directory itself.
    func mode(of name: String = "") throws -> Int {
        let path = name.isEmpty ? self.path : self.file(name)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}
