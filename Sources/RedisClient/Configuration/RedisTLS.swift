/// How a `rediss://` connection is encrypted. The certificate is always verified.
public struct RedisTLS: Sendable, Hashable {
    /// How much of the server's certificate has to fit.
    public enum Verification: Sendable, Hashable {
        /// The chain leads to a trusted authority, and the certificate names the host (or its address).
        case full
        /// The chain only. For servers reached under a name that their certificate does not carry.
        case chainOnly
    }

    /// A PEM file with the trusted authorities, or nil for the system's.
    public var certificateAuthorityFile: String?
    /// How much of the certificate has to fit. Full by default.
    public var verification: Verification

    /// Makes a TLS setting; the defaults trust the system's authorities and verify everything.
    public init(certificateAuthorityFile: String? = nil, verification: Verification = .full) {
        self.certificateAuthorityFile = certificateAuthorityFile
        self.verification = verification
    }
}
