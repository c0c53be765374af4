internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Request {
    /// The body's bytes.
    ///
    /// - Parameter limit: The longest body in bytes.
    /// - Throws: ``Refusal`` `body-too-large` or `unsupported-media-type`, or the connection's error.
    func json(upTo limit: Int) async throws -> [UInt8] {
        let length = self.headers[.contentLength].flatMap { Int($0) }
        if let length, length > limit { throw Self.tooLarge(limit) }
        var buffer: ByteBuffer
        do {
            buffer = try await self.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Self.tooLarge(limit)
        } catch let error where error is ChannelError || error is IOError {
            // The client is gone: nothing is wrong with the server, and nobody reads the answer.
            throw Refusal(.requestMalformed, "the connection ended before the body did")
        }
        // The end of the connection passes for the end of the body; half a request must not be carried out.
        if let length, buffer.readableBytes < length {
            throw Refusal(.requestMalformed, "the body ended after \(buffer.readableBytes) of \(length) bytes")
        }
        // Without a body the type of it does not matter, and a body without a type can only be meant as JSON.
        if buffer.readableBytes > 0, let type = self.headers[.contentType], !Self.isJSON(type) {
            throw Refusal(.unsupportedMediaType, "send JSON, and say so: Content-Type: application/json")
        }
        return buffer.readBytes(length: buffer.readableBytes) ?? []
    }

    /// Decodes the body.
    ///
    /// - Parameters:
    ///   - limit: The longest body in bytes.
    ///   - unknownMembers: What to do with members that the type does not have.
    /// - Throws: ``Refusal``, `JSONSyntaxError` with line and column, or `InvalidDocument` with paths.
    func decode<Value: Decodable>(
        _ type: Value.Type, upTo limit: Int, unknownMembers: WireDecoder.UnknownMembers = .refuse
    ) async throws -> Value {
        try WireDecoder(unknownMembers: unknownMembers).decode(type, from: try await self.json(upTo: limit))
    }

    private static func tooLarge(_ limit: Int) -> Refusal {
        Refusal(.bodyTooLarge, "a body of at most \(limit) bytes is read here")
    }

    private static func isJSON(_ type: String) -> Bool {
        let essence = type.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        return essence == "application/json" || (essence.hasPrefix("application/") && essence.hasSuffix("+json"))
    }
}
