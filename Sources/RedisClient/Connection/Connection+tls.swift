import NIOCore
import NIOSSL

extension Connection {
    /// The handler that encrypts a channel. An address is verified as such: it cannot stand in the SNI extension.
    func tlsHandler(_ context: NIOSSLContext) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: self.configuration.host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : self.configuration.host)
    }
}

extension RedisTLS {
    /// What swift-nio-ssl is told. TLS 1.2 at least, the certificate always verified.
    var clientConfiguration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let file = self.certificateAuthorityFile {
            configuration.trustRoots = .file(file)
        }
        switch self.verification {
        case .full: configuration.certificateVerification = .fullVerification
        case .chainOnly: configuration.certificateVerification = .noHostnameVerification
        }
        return configuration
    }
}
