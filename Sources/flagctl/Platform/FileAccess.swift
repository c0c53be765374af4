#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The few things that flagctl does with files, with the system's own words when they fail.
enum FileAccess {
    /// What the system refused.
    struct Refusal: Error, Hashable {
        /// The system's number for it.
        var code: Int32
        /// Its words: `No such file or directory`.
        var reason: String { String(cString: strerror(self.code)) }
        /// Whether there is no such file.
        var isMissing: Bool { self.code == ENOENT }
    }

    /// The largest file that is read: 64 MiB.
    static let limit = 64 << 20

    /// The bytes of a file.
    static func read(_ path: String) throws(Refusal) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Refusal(code: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Self.read(descriptor, &chunk)
            guard count >= 0 else { throw Refusal(code: errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= Self.limit else { throw Refusal(code: EFBIG) }
        }
    }

    /// Replaces a file by one with these bytes, for its owner's eyes only, so that a reader sees the old or the new one
    /// whole. Its folder is made when it does not exist.
    static func replacePrivately(_ path: String, with bytes: [UInt8]) throws(Refusal) {
        try Self.makeFolders(for: path)
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Refusal(code: errno) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        let isDurable = fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard written == bytes.count, isDurable else {
            unlink(temporary)
            throw Refusal(code: code)
        }
        guard rename(temporary, path) == 0 else { throw Refusal(code: errno) }
    }

    /// The path with the working folder in front when it is relative.
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), !path.hasPrefix("~/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }

    /// The permission bits of a file, or nil when there is none.
    static func permissions(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    private static func makeFolders(for path: String) throws(Refusal) {
        let folders = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        for length in folders.indices.dropFirst() {
            let folder = folders[...length].joined(separator: "/")
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Refusal(code: errno) }
        }
    }

    private static func read(_ descriptor: Int32, _ chunk: inout [UInt8]) -> Int {
        chunk.withUnsafeMutableBytes { buffer in
            while true {
                let count = systemRead(descriptor, buffer.baseAddress, buffer.count)
                if count >= 0 || errno != EINTR { return count }
            }
        }
    }
}

/// The C function, under a name that the methods of the same name do not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
