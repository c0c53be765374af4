import Foundation
import TestSupport
import Testing

@testable import FlagServer

@Suite("A secret file is read by its owner alone")
struct SecretFileTests {
    private static func write(_ text: String, to path: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test("A new file holds 32 random bytes and has mode 0600, and nothing else is left beside it")
    func createsPrivateFile() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("secret")
        let secret = try SecretFile.loadOrCreate(atPath: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(secret.utf8.count == 43)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["secret"])
        let other = try SecretFile.loadOrCreate(atPath: directory.file("other"))
        #expect(other != secret)
    }

    @Test("Of many that make the file at once all get the same secret")
    func racersAgree() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("secret")
        let secrets = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<32 {
                group.addTask { @concurrent in try SecretFile.loadOrCreate(atPath: path) }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(secrets.count == 1)
    }

    @Test("A file that others can read or write is refused", arguments: [0o644, 0o640, 0o604, 0o620, 0o602, 0o610])
    func refusesSharedFile(mode: Int) throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("secret")
        try Self.write("a secret that others could have read", to: path, mode: mode)
        let error = #expect(throws: SecretFileError.self) { try SecretFile.loadOrCreate(atPath: path) }
        #expect(error?.description.contains(path) == true)
        #expect(error?.description.contains("could have read") == false)
    }

    @Test("White space around the secret is not part of it")
    func trims() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("secret")
        try Self.write(" \n the secret\r\n", to: path)
        #expect(try SecretFile.load(atPath: path) == "the secret")
    }

    @Test("An empty file, a long one and one that is not text are refused")
    func refusesOtherContents() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("secret")
        for text in ["", " \n", String(repeating: "x", count: SecretFile.maximumLength + 1)] {
            try Self.write(text, to: path)
            #expect(throws: SecretFileError.self) { try SecretFile.load(atPath: path) }
        }
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(filePath: path))
        #expect(throws: SecretFileError.self) { try SecretFile.load(atPath: path) }
    }

    @Test("A link and a directory are refused")
    func refusesOtherKinds() throws {
        let directory = try TemporaryDirectory()
        let target = directory.file("target")
        try Self.write("a secret behind a link", to: target)
        try FileManager.default.createSymbolicLink(atPath: directory.file("link"), withDestinationPath: target)
        #expect(throws: SecretFileError.self) { try SecretFile.load(atPath: directory.file("link")) }
        #expect(throws: SecretFileError.self) { try SecretFile.load(atPath: directory.path) }
    }

    @Test("A missing directory is named with the cure")
    func namesMissingDirectory() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("missing/secret")
        let error = #expect(throws: SecretFileError.self) { try SecretFile.loadOrCreate(atPath: path) }
        #expect(error?.description.contains("directory must exist") == true)
    }
}
