internal import Digest

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// Files that hold one secret each, readable by this user alone.
enum SecretFile {
    /// The longest file that is read, in bytes.
    static let maximumLength = 4096
    /// The length of a secret that is made up: 32 random bytes, 43 characters of base64url.
    static let generatedByteCount = 32

    /// The secret in the file at `path`; when there is no such file, a random one is made up and written.
    ///
    /// Of several processes that find no file, all return the secret of the one that was first.
    ///
    /// - Throws: ``SecretFileError``.
    static func loadOrCreate(atPath path: String) throws(SecretFileError) -> String {
        if let secret = try Self.load(atPath: path) { return secret }
        let secret: String
        do {
            secret = Base64URL.encode(try SecureRandom.bytes(Self.generatedByteCount))
        } catch {
            throw SecretFileError(path: path, fault: "could not be made: \(error.description)")
        }
        if try Self.create(secret, atPath: path) { return secret }
        guard let winner = try Self.load(atPath: path) else {
            throw SecretFileError(path: path, fault: "came and went while it was made. Start again")
        }
        return winner
    }

    /// The secret in the file at `path` without white space around it, or nil when there is no such file.
    ///
    /// - Throws: ``SecretFileError`` when it is a link, belongs to another user or can be read by one, is empty, too long
    ///   or not text.
    static func load(atPath path: String) throws(SecretFileError) -> String? {
        // O_NONBLOCK: a FIFO in its place must not make the start hang.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Self.failure(path, "cannot be opened")
        }
        defer { close(descriptor) }
        try Self.checkIsPrivate(descriptor, path)

        var bytes = [UInt8](repeating: 0, count: Self.maximumLength + 1)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw Self.failure(path, "cannot be read") }
        guard count <= Self.maximumLength else {
            throw SecretFileError(path: path, fault: "is longer than \(Self.maximumLength) bytes")
        }
        guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
            throw SecretFileError(path: path, fault: "is not text")
        }
        let secret = text.drop(while: \.isWhitespace)
        guard let last = secret.lastIndex(where: { !$0.isWhitespace }) else {
            throw SecretFileError(path: path, fault: "is empty. Remove it, and a new one is made")
        }
        return String(secret[...last])
    }

    /// Writes the file whole or not at all; false when another process was faster.
    private static func create(_ secret: String, atPath path: String) throws(SecretFileError) -> Bool {
        let draft = path + ".\(getpid()).\(UInt64.random(in: .min ... .max))"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw Self.failure(path, "cannot be made; its directory must exist and be writable")
        }
        defer {
            close(descriptor)
            unlink(draft)
        }
        let line = Array((secret + "\n").utf8)
        guard write(descriptor, line, line.count) == line.count, fsync(descriptor) == 0 else {
            throw Self.failure(path, "cannot be written")
        }
        // Unlike rename, link never replaces a file that another process has made meanwhile.
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return false }
            throw Self.failure(path, "cannot be made")
        }
        return true
    }

    private static func checkIsPrivate(_ descriptor: CInt, _ path: String) throws(SecretFileError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, "cannot be examined") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SecretFileError(path: path, fault: "is not a regular file")
        }
        guard status.st_uid == geteuid() else {
            throw SecretFileError(path: path, fault: "belongs to another user, who knows the secret. Remove it")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw SecretFileError(
                path: path,
                fault: "can be read or written by other users. Remove it, and a new one is made; "
                    + "if nobody else has read it, `chmod 600` it")
        }
    }

    private static func failure(_ path: String, _ fault: String) -> SecretFileError {
        SecretFileError(path: path, fault: "\(fault): \(String(cString: strerror(errno)))")
    }
}
