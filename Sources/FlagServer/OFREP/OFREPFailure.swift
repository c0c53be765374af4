internal import FlagModel

/// A failure as OFREP writes it down: alone as the body of an answer, or among the flags of a bulk answer.
struct OFREPFailure: Sendable, Hashable {
    /// The flag, where it is about one.
    var key: String?
    /// The kind; nil: the server's own fault, for which the protocol has none.
    var code: OFREPErrorCode?
    /// What happened and what to do about it.
    var details: String

    /// The failure as JSON, canonical.
    var json: String {
        var members: [String: JSONValue] = ["errorDetails": .string(self.details)]
        if let key = self.key { members["key"] = .string(key) }
        if let code = self.code { members["errorCode"] = .string(code.rawValue) }
        return JSONValue.object(members).canonical
    }
}
