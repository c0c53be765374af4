internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Response {
    /// An answer in JSON.
    init(json value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) throws {
        self.init(bytes: try WireEncoder.encode(value), status: status, headers: headers)
    }

    /// An answer in JSON that holds a credential, which nobody on the way may keep.
    init(secret value: some Encodable, status: HTTPResponse.Status = .ok) throws {
        try self.init(json: value, status: status, headers: [.cacheControl: "no-store"])
    }

    /// An answer in JSON, canonical: the form that digests are made of.
    init(canonical value: JSONValue, headers: HTTPFields = [:]) {
        self.init(bytes: Array(value.canonical.utf8), status: .ok, headers: headers)
    }

    /// An answer in JSON that is spelt already.
    init(spelt text: String, headers: HTTPFields = [:]) {
        self.init(bytes: Array(text.utf8), status: .ok, headers: headers)
    }

    private init(bytes: [UInt8], status: HTTPResponse.Status, headers: HTTPFields) {
        var headers = headers
        headers[.contentType] = "application/json"
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
