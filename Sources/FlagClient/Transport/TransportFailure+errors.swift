import AsyncHTTPClient
import NIOCore

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension TransportFailure {
    /// What an error of the HTTP client means.
    ///
    /// - Parameter beforeAnswer: Whether there was no head of an answer yet.
    init(_ error: any Error, beforeAnswer: Bool) {
        let slow: [HTTPClientError] = [.deadlineExceeded, .connectTimeout, .readTimeout, .getConnectionFromPoolTimeout]
        switch error {
        case let error as HTTPClientError where slow.contains(error): self = .timedOut
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            self = .cut("the other side closed it")
        case is NIOTooManyBytesError: self = .unusable("its answer has more bytes than are taken")
        case is CancellationError: self = .cut("given up")
        case let error as IOError where [ECONNRESET, EPIPE].contains(error.errnoCode):
            self = .cut(Self.reason(in: error.description))
        default:
            let reason = Self.reason(in: String(describing: error))
            self = beforeAnswer ? .unreachable(reason) : .cut(reason)
        }
    }

    /// The system's words within an error's description, which otherwise lists every attempt with its address.
    private static func reason(in description: String) -> String {
        if let match = description.firstMatch(of: #/: ([A-Z][^:()]*)\)? \(errno: \d+\)/#) {
            return String(match.1).lowercased()
        }
        let known = [
            "UnknownHost": "there is no such host",
            "WRONG_VERSION_NUMBER": "it does not speak TLS; is it http rather than https?",
            "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted here",
        ]
        return known.first { description.contains($0.key) }?.value ?? String(description.prefix(200))
    }
}
