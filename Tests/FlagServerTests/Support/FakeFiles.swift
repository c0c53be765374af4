@testable import FlagServer

/// Files that exist only in a test.
struct FakeFiles: FileReading {
    var contents: [String: String] = [:]

    func read(_ path: String) throws(FileFailure) -> [UInt8] {
        guard let text = self.contents[path] else { throw FileFailure(description: "\(path) does not exist") }
        return Array(text.utf8)
    }
}
