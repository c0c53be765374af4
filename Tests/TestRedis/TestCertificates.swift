public import Foundation

/// A certificate authority made for one test, and a server certificate by it for `localhost` and `127.0.0.1`.
public struct TestCertificates: Sendable {
    /// The authority's certificate (PEM): what a client trusts.
    public let authority: URL
    /// The server's certificate (PEM).
    public let certificate: URL
    /// The server's private key (PEM).
    public let key: URL

    /// Makes them with the `openssl` command, in a folder.
    public static func make(in directory: URL) async throws -> TestCertificates {
        let certificates = TestCertificates(
            authority: directory.appendingPathComponent("ca.crt"),
            certificate: directory.appendingPathComponent("server.crt"),
            key: directory.appendingPathComponent("server.key"))
        let authorityKey = directory.appendingPathComponent("ca.key").path
        let request = directory.appendingPathComponent("server.csr").path
        let extensions = directory.appendingPathComponent("server.ext").path
        try "subjectAltName=DNS:localhost,IP:127.0.0.1\n".write(toFile: extensions, atomically: true, encoding: .utf8)
        let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try await Self.openssl(
            ["req", "-x509"] + newKey + [
                "-keyout", authorityKey, "-out", certificates.authority.path, "-days", "2", "-subj",
                "/CN=Test authority",
            ])
        try await Self.openssl(
            ["req"] + newKey + ["-keyout", certificates.key.path, "-out", request, "-subj", "/CN=Test server"])
        try await Self.openssl([
            "x509", "-req", "-in", request, "-CA", certificates.authority.path, "-CAkey", authorityKey,
            "-set_serial", "\(UInt32.random(in: 1...UInt32.max))", "-out", certificates.certificate.path, "-days", "2",
            "-extfile", extensions,
        ])
        return certificates
    }

    private static func openssl(_ arguments: [String]) async throws {
        try await ServerProcess.start("openssl", arguments: arguments).waitForExit()
        guard let index = arguments.firstIndex(of: "-out") else { return }
        guard FileManager.default.fileExists(atPath: arguments[index + 1]) else {
            throw TestRedisError("openssl \(arguments[0]) made no file")
        }
    }
}
