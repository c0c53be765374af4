import FlagAPI
import FlagModel
import HTTPTypes
import HummingbirdTesting
import NIOCore

/// What a server answered.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String
    /// The body as JSON; null when there is none or it is something else.
    let body: JSONValue
    /// The body as a problem, when it says that it is one.
    let problem: Problem?

    init(_ response: TestResponse) throws {
        self.status = response.status.code
        self.headers = response.headers
        self.text = String(buffer: response.body)
        self.body = (try? JSONParser.parse(Array(self.text.utf8))) ?? .null
        // The answer to HEAD says what the body would be, without it.
        self.problem =
            !self.text.isEmpty && response.headers[.contentType] == "application/problem+json"
            ? try WireDecoder(unknownMembers: .refuse).decode(Problem.self, from: self.body) : nil
    }

    /// Decodes the body, refusing members that the type does not have.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try WireDecoder(unknownMembers: .refuse).decode(type, from: Array(self.text.utf8))
    }
}
