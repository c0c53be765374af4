internal import ControlPlane
internal import Foundation

/// The database's file before SQLite opens it.
struct DatabaseFile {
    let path: String

    /// Makes the directory and the file when they do not exist, readable by their owner only: SQLite gives the files that
    /// it makes beside the database the database's own mode.
    ///
    /// - Returns: The file's path without symbolic links, so that two ways to one file have one lock.
    func prepare() throws(StorageFailure) -> String {
        let directory = URL(fileURLWithPath: self.path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StorageFailure(
                .unavailable, "the database's directory cannot be made: \(error.localizedDescription)",
                at: directory.path, cure: "Make it, or choose another path with SIGNALBOX_DATABASE")
        }
        let descriptor = open(self.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .system(
                "opening the database for writing", errno, at: self.path,
                cure: "Check that the file and its directory belong to the user who runs the server, or choose another "
                    + "path with SIGNALBOX_DATABASE")
        }
        close(descriptor)
        guard let resolved = realpath(self.path, nil) else {
            throw .system("resolving the database's path", errno, at: self.path, cure: "Check the path's directories")
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
