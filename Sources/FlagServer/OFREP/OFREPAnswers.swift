internal import FlagModel
internal import HTTPTypes
internal import NIOCore

/// A snapshot in OFREP: all that does not depend on the context, rendered once.
final class OFREPAnswers: Sendable {
    /// How long a client may hear nothing of the event stream before it takes it for dead, in seconds.
    static let inactivityDelay: Int64 = 120

    /// What is answered from.
    let snapshot: Snapshot
    /// What every answer says in its headers.
    let headers: HTTPFields

    private let flags: [FlagKey: OFREPFlag]
    private let order: [OFREPFlag]
    private let bulkEnding: String

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
        var headers: HTTPFields = [.contentType: "application/json"]
        if let name = HTTPField.Name.signalboxEnvironment { headers[name] = snapshot.environment.text }
        if let name = HTTPField.Name.signalboxRevision { headers[name] = String(snapshot.revision) }
        self.headers = headers
        let metadata = snapshot.content.metadata
        self.order = snapshot.flags.map { OFREPFlag($0, setMetadata: metadata) }
        self.flags = Dictionary(uniqueKeysWithValues: self.order.map { ($0.key, $0) })
        var rest: [String: JSONValue] = [
            "eventStreams": [
                [
                    "type": "sse", "inactivityDelaySec": .integer(Self.inactivityDelay),
                    "endpoint": ["requestUri": .string(OFREPPath.events(of: snapshot.environment.text))],
                ]
            ]
        ]
        if !metadata.isEmpty { rest["metadata"] = .object(metadata) }
        self.bulkEnding = "]," + JSONValue.object(rest).canonical.dropFirst()
    }

    /// What the flag answers for `context`, and whether it is an answer; nil: there is no such flag.
    ///
    /// - Parameter timestamp: Seconds since 1970.
    func single(
        _ key: FlagKey, for context: EvaluationContext, timestamp: Int64
    ) -> (body: ByteBuffer, isAnswer: Bool)? {
        guard let flag = self.flags[key] else { return nil }
        let evaluation = self.snapshot.evaluate(key, for: context, timestamp: timestamp)
        var body = ByteBuffer()
        flag.write(evaluation, to: &body)
        return (body, evaluation.errorCode == nil)
    }

    /// What every flag answers for `context`, by key.
    ///
    /// Nothing in it changes from one request to the next but what the flags answer: its hash is its entity tag.
    func bulk(for context: EvaluationContext, timestamp: Int64) -> ByteBuffer {
        var body = ByteBuffer(string: #"{"flags":["#)
        for (position, flag) in self.order.enumerated() {
            if position > 0 { body.writeInteger(UInt8(ascii: ",")) }
            flag.write(self.snapshot.evaluate(flag.key, for: context, timestamp: timestamp), to: &body)
        }
        body.writeString(self.bulkEnding)
        return body
    }
}

extension HTTPField.Name {
    /// The environment that answered.
    static let signalboxEnvironment = HTTPField.Name("X-Signalbox-Environment")
    /// The revision that answered.
    static let signalboxRevision = HTTPField.Name("X-Signalbox-Revision")
}
