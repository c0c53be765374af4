internal import FlagAPI
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Refusal {
    /// The refusal in OFREP's own shape, which its clients read instead of problem details.
    ///
    /// The protocol has statuses of its own for what the rest of the API answers with 415 and 422, and wants 401 and 403
    /// without a body.
    ///
    /// - Parameter key: What the path has where a flag's key stands; empty where it ends there, nil where none is asked for.
    func ofrepResponse(key: String?) -> Response {
        let (status, code) = self.ofrepMeaning
        var headers = self.headers
        headers[.cacheControl] = "no-store"
        guard status != .unauthorized, status != .forbidden else { return Response(status: status, headers: headers) }
        headers[.contentType] = "application/json"
        let failure = OFREPFailure(
            key: code == nil ? nil : key.map { String($0.prefix(100)) }, code: code, details: self.problem.detail)
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: failure.json)))
    }

    private var ofrepMeaning: (status: HTTPResponse.Status, code: OFREPErrorCode?) {
        let status = HTTPResponse.Status(code: self.problem.status)
        return switch ProblemKind(rawValue: self.problem.type) {
        case .requestMalformed, .unsupportedMediaType: (.badRequest, .parseError)
        case .requestInvalid: (.badRequest, .invalidContext)
        case .unknownEnvironment: (.badRequest, .general)
        case .unknownFlag: (.notFound, .flagNotFound)
        default: (status, status.kind == .serverError ? nil : .general)
        }
    }
}
