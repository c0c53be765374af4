import Digest
import FlagAPI
import FlagModel

/// The last-known-good snapshot as it stands in a file: three lines.
///
/// The first names the format and the SHA-256 of all that follows, the second says whose it is and from when, the third is
/// the snapshot as published.
struct CacheFile: Sendable {
    /// The second line.
    struct Head: Sendable, Hashable, Codable {
        /// The control plane's address.
        var server: String
        /// The environment.
        var environment: EnvironmentName
        /// The revision.
        var revision: Int64
        /// When the control plane was last heard, by the wall clock.
        var heardAt: Timestamp
        /// Which start of the machine that was.
        var boot: String?
        /// The milliseconds from that start.
        var bootMilliseconds: Int64?
    }

    /// Why bytes are no cache file.
    enum Fault: Error, Hashable, CustomStringConvertible {
        /// They are not what such a file holds.
        case malformed(String)
        /// They are not what was written.
        case checksum

        /// What is wrong.
        var description: String {
            switch self {
            case .malformed(let what): what
            case .checksum: "its checksum is not that of its content"
            }
        }
    }

    private static let format = "signalbox-cache-1"

    /// Whose it is, and from when.
    var head: Head
    /// The snapshot as published, in canonical form.
    var snapshot: [UInt8]

    /// The file of a snapshot.
    init(_ snapshot: Snapshot, from server: ServerAddress, stamp: CacheStamp) {
        self.head = Head(
            server: server.text, environment: snapshot.environment, revision: snapshot.revision,
            heardAt: stamp.heardAt, boot: stamp.boot?.boot, bootMilliseconds: stamp.boot?.milliseconds)
        self.snapshot = Array(snapshot.canonical.utf8)
    }

    /// Reads a file.
    ///
    /// - Throws: ``Fault``, also when a single bit is not as it was written.
    init(bytes: [UInt8]) throws(Fault) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let first = lines[0].split(separator: UInt8(ascii: " "))
        guard lines.count == 2, first.count == 2, String(decoding: first[0], as: UTF8.self) == Self.format else {
            throw .malformed("it does not begin as a cache of flags does")
        }
        guard Self.checksum(lines[1]) == String(decoding: first[1], as: UTF8.self) else { throw .checksum }
        let rest = lines[1].split(separator: UInt8(ascii: "\n"))
        guard rest.count == 2 else { throw .malformed("it has \(rest.count + 1) lines rather than three") }
        self.snapshot = Array(rest[1])
        do {
            self.head = try WireDecoder(unknownMembers: .ignore).decode(Head.self, from: Array(rest[0]))
        } catch {
            throw .malformed("\(error)")
        }
    }

    /// When the control plane was last heard.
    var stamp: CacheStamp {
        var boot: BootMoment?
        if let id = self.head.boot, let milliseconds = self.head.bootMilliseconds {
            boot = BootMoment(boot: id, milliseconds: milliseconds)
        }
        return CacheStamp(heardAt: self.head.heardAt, boot: boot)
    }

    private static func checksum(_ bytes: some Sequence<UInt8>) -> String {
        Hexadecimal.encode(SHA256.hash(bytes))
    }

    /// The file's bytes.
    ///
    /// - Throws: `EncodingError`, which a head cannot cause.
    func bytes() throws -> [UInt8] {
        let newline = [UInt8(ascii: "\n")]
        let rest = try WireEncoder.encode(self.head) + newline + self.snapshot + newline
        return Array("\(Self.format) \(Self.checksum(rest))".utf8) + newline + rest
    }
}
