internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Why there was no answer. Its words hold no part of the address but what everyone may know.
enum WebhookFailure: Error, CustomStringConvertible {
    /// The URL is none.
    case badAddress
    /// The host's name has no address.
    case unknownHost
    /// The address is one that no webhook goes to.
    case forbidden
    /// It would leave this network without TLS.
    case unprotected
    /// Nobody listens there, or the connection broke.
    case unreachable
    /// The other side could not prove with TLS who it is.
    case untrusted
    /// It took too long.
    case timedOut
    /// Something else.
    case other(String)

    init(_ error: any Error) {
        switch error {
        case let error as HTTPClientError
        where [.connectTimeout, .deadlineExceeded, .readTimeout, .tlsHandshakeTimeout].contains(error):
            self = .timedOut
        case let error as HTTPClientError: self = .other(error.description)
        case is NIOSSLError, is NIOSSLExtraError: self = .untrusted
        case is NIOConnectionError, is IOError: self = .unreachable
        default: self = .other("\(type(of: error))")
        }
    }

    var description: String {
        switch self {
        case .badAddress: "the address cannot be read"
        case .unknownHost: "the host's name has no address"
        case .forbidden: "the address is link-local, multicast or unspecified, where no webhook goes"
        case .unprotected: "the address is public; use https"
        case .unreachable: "nobody listens there, or the connection broke"
        case .untrusted: "TLS failed: is the certificate for this name, from an authority that this machine trusts?"
        case .timedOut: "no answer in time"
        case .other(let what): what
        }
    }
}
