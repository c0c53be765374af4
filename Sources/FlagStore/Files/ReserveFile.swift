internal import Foundation
internal import Synchronization

/// A file whose blocks are allocated, beside the database: the ballast to throw when the disk is full.
final class ReserveFile: DiskReserve {
    private let path: String
    private let size: Int
    private let onRelease: @Sendable () -> Void
    private let held: Mutex<Bool>

    /// A reserve of `size` bytes, not yet in place; of 0 bytes: one that is never wanted and never missing.
    ///
    /// - Parameter onRelease: Called each time the space is given up.
    init(path: String, size: Int, onRelease: @escaping @Sendable () -> Void = {}) {
        self.path = path
        self.size = size
        self.onRelease = onRelease
        var status = stat()
        self.held = Mutex(lstat(path, &status) == 0 && Int(status.st_size) >= size && size > 0)
    }

    var isInPlace: Bool { self.held.withLock { $0 } }

    func release() -> Bool {
        let isReleased = self.held.withLock { held in
            guard held, unlink(self.path) == 0 else { return false }
            held = false
            return true
        }
        if isReleased { self.onRelease() }
        return isReleased
    }

    func restore() -> Bool {
        self.held.withLock { held in
            if held || self.size == 0 { return true }
            let failure = self.allocate()
            held = failure == 0
            // Whatever else keeps the file from being made, such as a file system that cannot allocate, is no reason to
            // refuse commits: there is a disk with space and no reserve on it.
            return failure != ENOSPC && failure != EDQUOT
        }
    }

    /// Makes the file; 0, or the error's number.
    private func allocate() -> Int32 {
        let descriptor = open(self.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return errno }
        let failure = posix_fallocate(descriptor, 0, off_t(self.size))
        close(descriptor)
        // Half a reserve would only make the disk fuller.
        if failure != 0 { unlink(self.path) }
        return failure
    }
}
