#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The few things that a cache does with files. They block; ``SnapshotCache`` calls them where blocking is allowed.
enum FileAccess {
    /// A file's bytes; nil when there is none.
    ///
    /// - Throws: ``SystemFailure``, also for a file of more than `limit` bytes.
    static func read(_ path: String, limit: Int) throws(SystemFailure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw SystemFailure("open \(path)")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, &piece, piece.count)
            #else
                let count = Darwin.read(descriptor, &piece, piece.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemFailure("read \(path)") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: piece[..<count])
            if bytes.count > limit {
                errno = EFBIG
                throw SystemFailure("read \(path)")
            }
        }
    }

    /// Puts `bytes` in place of a file, for good: whoever looks finds the old file or the new one, also after a loss of
    /// power. Readable by its owner alone.
    ///
    /// - Throws: ``SystemFailure``; the old file is then as it was.
    static func replace(_ path: String, with bytes: [UInt8]) throws(SystemFailure) {
        let (folder, name) = Self.split(path)
        // A name of its own for each writer: two processes that share the path do not write into one file.
        let temporary = "\(folder)/.\(name).\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 16))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemFailure("create \(temporary)") }
        do throws(SystemFailure) {
            defer { close(descriptor) }
            try Self.write(bytes, to: descriptor, path: temporary)
            guard fsync(descriptor) == 0 else { throw SystemFailure("fsync \(temporary)") }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let failure = SystemFailure("rename \(temporary) to \(path)")
            unlink(temporary)
            throw failure
        }
        try Self.synchronize(folder)
    }

    /// Gives a file another name, so that it is out of the way and can be looked at.
    ///
    /// - Returns: Its new name; nil when it is gone already.
    /// - Throws: ``SystemFailure``.
    static func setAside(_ path: String, suffix: String) throws(SystemFailure) -> String? {
        let target = path + suffix
        guard rename(path, target) == 0 else {
            if errno == ENOENT { return nil }
            throw SystemFailure("rename \(path) to \(target)")
        }
        return target
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(SystemFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Glibc)
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            #else
                let count = rest.withUnsafeBytes { Darwin.write(descriptor, $0.baseAddress, $0.count) }
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemFailure("write \(path)") }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes a rename last: until its folder is written, a loss of power can undo it.
    private static func synchronize(_ folder: String) throws(SystemFailure) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure("open \(folder)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemFailure("fsync \(folder)") }
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = String(path[..<slash])
        return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
    }
}
