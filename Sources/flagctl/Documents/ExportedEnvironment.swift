import FlagModel

/// Reads what the server exports of an environment.
enum ExportedEnvironment {
    /// The flags, segments and metadata of a document that the server sent.
    static func content(_ document: JSONValue, of api: APIClient) throws(Failure) -> EnvironmentContent {
        do {
            let document = try EnvironmentDocument(json: document)
            return EnvironmentContent(
                flags: document.flags, segments: document.segments, metadata: document.metadata ?? [:])
        } catch {
            throw Failure(
                error, in: "what \(api.connection.server) holds",
                hint: "is it newer than this program? compare with: flagctl version --server")
        }
    }
}
