internal import ControlPlane
internal import Foundation
internal import GRDB

extension StorageFailure {
    /// What an error of GRDB, SQLite or Foundation means to whoever runs the server.
    init(_ error: any Error, at path: String) {
        switch error {
        case let failure as StorageFailure: self = failure
        case let failure as DatabaseError: self.init(failure, at: path)
        default:
            self.init(
                .unexpected, "the database failed: \(error)", at: path,
                cure: "Please report this, with the message above")
        }
    }

    private init(_ error: DatabaseError, at path: String) {
        let detail = error.message ?? "\(error.resultCode)"
        switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL: self = .full(at: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy, "another program holds the database's lock", at: path,
                cure: "Try again; close any sqlite3 shell that has the file open")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .corrupt("the file is damaged or is not an SQLite database (\(detail))", at: path)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            self.init(
                .unavailable, "the database cannot be opened for writing (\(detail))", at: path,
                cure: "Check that the file and its directory belong to the user who runs the server, and are on a "
                    + "writable disk")
        case .SQLITE_IOERR:
            self.init(
                .unavailable, "reading or writing the disk failed (\(detail))", at: path,
                cure: "Check the disk; then see in the history whether the change was made before making it again")
        case .SQLITE_MISUSE, .SQLITE_INTERRUPT, .SQLITE_ABORT:
            self.init(.unavailable, "the database is closed (\(detail))", at: path, cure: "Restart the server")
        default:
            // Neither SQL nor arguments: they may hold what does not belong in a log.
            self.init(
                .unexpected, "the database refused a statement (\(error.resultCode): \(detail))", at: path,
                cure: "Please report this, with the message above")
        }
    }

    /// No space is left.
    static func full(at path: String) -> Self {
        Self(
            .full, "the disk is full, so nothing can be changed but by kill and rollback", at: path,
            cure: "Free some space, then repeat the command")
    }

    /// No space is left, not even that which was kept for kill and rollback.
    static func fullWithoutReserve(at path: String) -> Self {
        Self(
            .full, "the disk is full, and no reserve is left for kill and rollback", at: path,
            cure: "Free some space on the disk that holds this file, then repeat the command")
    }

    /// What is stored cannot be true.
    static func corrupt(_ message: String, at path: String) -> Self {
        Self(
            .corrupt, message, at: path,
            cure: "Stop the server, keep the file for inspection, and put a backup in its place")
    }

    /// A call of the operating system failed; `errno` says how.
    static func system(_ call: String, _ number: Int32, at path: String, cure: String) -> Self {
        let reason = String(cString: strerror(number))
        return number == ENOSPC
            ? .full(at: path) : Self(.unavailable, "\(call) failed: \(reason)", at: path, cure: cure)
    }
}
