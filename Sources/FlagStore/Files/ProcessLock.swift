internal import ControlPlane
internal import Foundation
internal import Synchronization

/// An advisory lock (`flock`) that one process at a time holds; the kernel takes it back when the process ends.
final class ProcessLock: Sendable {
    /// The open lock file; -1 once released.
    private let descriptor: Atomic<Int32>

    /// Takes the lock.
    ///
    /// The file itself stays for ever: whoever removed it would make two locks of one.
    ///
    /// - Parameter guarded: What the lock is for, for messages.
    /// - Throws: ``ControlPlane/StorageFailure`` with the code `locked` and the holder's process id when it is taken.
    init(path: String, guarding guarded: String) throws(StorageFailure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .system(
                "opening the lock file", errno, at: path,
                cure: "Check that the directory belongs to the user who runs the server")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            let holder = Self.read(descriptor)
            close(descriptor)
            guard number == EWOULDBLOCK else {
                throw .system(
                    "locking the lock file", number, at: path, cure: "Put the database on a local disk that has flock")
            }
            throw StorageFailure(
                .locked, "the database is in use by another FlagServer" + (holder.map { " (process \($0))" } ?? ""),
                at: guarded, cure: "Stop that one, or give this one a database of its own with SIGNALBOX_DATABASE")
        }
        // Who holds the lock is told by the lock; the number is for the message above, so failing to write it is no harm.
        let identity = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, identity, identity.count, 0) }
        self.descriptor = Atomic(descriptor)
    }

    deinit { self.release() }

    /// Gives the lock back.
    func release() {
        let descriptor = self.descriptor.exchange(-1, ordering: .relaxed)
        guard descriptor >= 0 else { return }
        // Said outright: closing alone leaves the lock with a child that was being started and has not run yet.
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func read(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return Int32(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).prefix { $0.isNumber })
    }
}
