internal import FoundationEssentials

/// Reads small files whole: configuration, secrets, keys.
protocol FileReading: Sendable {
    /// The content of the file at `path`.
    func read(_ path: String) throws(FileFailure) -> [UInt8]
}

extension FileReading {
    /// The text of the file at `path`.
    func readText(_ path: String) throws(FileFailure) -> String {
        guard let text = String(validating: try self.read(path), as: UTF8.self) else {
            throw FileFailure(description: "\(path) is not UTF-8 text")
        }
        return text
    }
}

/// A file could not be read or written.
struct FileFailure: Error, Hashable, CustomStringConvertible {
    /// The path, what happened and what to do.
    let description: String
}

/// The files of this machine.
struct LocalFiles: FileReading {
    /// What no file of ours exceeds.
    static let largestFile = 4 << 20

    func read(_ path: String) throws(FileFailure) -> [UInt8] {
        let content: Data
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            if let size = attributes[.size] as? Int, size > Self.largestFile {
                throw FileFailure(description: "\(path) has \(size) bytes, which cannot be the right file")
            }
            content = try Data(contentsOf: URL(filePath: path))
        } catch let error as FileFailure {
            throw error
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            throw FileFailure(description: "\(path) does not exist; check the path")
        } catch let error as CocoaError where error.code == .fileReadNoPermission {
            throw FileFailure(description: "\(path) may not be read by this user; check its owner and mode")
        } catch {
            throw FileFailure(description: "\(path) cannot be read; check that it is a file and readable")
        }
        return Array(content)
    }
}
