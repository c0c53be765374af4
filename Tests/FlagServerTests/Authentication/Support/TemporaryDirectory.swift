import Foundation

/// A directory for one test, removed afterwards.
struct TemporaryDirectory: ~Copyable {
    let path: String

    init() throws {
        self.path = NSTemporaryDirectory() + "signalbox-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }

    /// The path of a file in it.
    func file(_ name: String) -> String { self.path + "/" + name }
}
