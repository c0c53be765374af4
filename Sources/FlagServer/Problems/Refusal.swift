internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A problem on its way to the client, with the headers that belong to it.
struct Refusal: Error {
    /// The problem.
    var problem: Problem
    /// Headers besides the content's.
    var headers: HTTPFields = [:]
    /// What the server's operator must hear of; nil: nothing is wrong with the server.
    var fault: String?

    /// A refusal; `detail` says what happened and what to do about it.
    ///
    /// - Parameter status: The HTTP status, where it is not the kind's usual one.
    init(_ kind: ProblemKind, _ detail: String, status: HTTPResponse.Status? = nil) {
        let status = status ?? kind.status
        self.problem = Problem(type: kind.rawValue, title: kind.title, status: Int(status.code), detail: detail)
    }

    /// The content is well-formed but says what it must not; every fault is listed.
    init(invalid issues: [Issue]) {
        self.init(.requestInvalid, issues.map(\.description).joined(separator: "; "))
        self.problem.issues = issues
    }

    /// A fault of ours.
    static func `internal`(requestID: String) -> Refusal {
        Refusal(.internal, "report it with the request's number, \(requestID); the server's log says more")
    }

    /// Says in how many seconds to try again, in the header and in the problem.
    mutating func retry(afterSeconds seconds: Int64) {
        self.problem.retryAfter = seconds
        self.headers[.retryAfter] = String(seconds)
    }

    /// The answer.
    var response: Response {
        var headers = self.headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(
            status: HTTPResponse.Status(code: self.problem.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: self.body)))
    }

    /// The problem as JSON.
    var body: [UInt8] {
        // A problem holds texts, integers and JSON values that were read from JSON: encoding them cannot fail.
        (try? WireEncoder.encode(self.problem)) ?? Array("{}".utf8)
    }
}
