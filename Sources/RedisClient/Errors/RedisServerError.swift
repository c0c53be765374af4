/// An error reply of the server, such as `READONLY You can't write against a read only replica.`
public struct RedisServerError: Error, Sendable, Hashable {
    /// The first word of the reply when it is in capitals (`ERR`, `NOAUTH`, `READONLY`, `OOM`, `MOVED`), else `ERR`.
    public let code: String
    /// The rest of the reply. An echo of the command's arguments is cut off: it could carry a secret.
    public let message: String

    /// Makes an error from its parts.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// Parses the text after the `-` of an error reply.
    init(reply: String) {
        var text = Substring(reply)
        if let echo = text.firstRange(ofText: ", with args beginning with") {
            text = text[..<echo]
        }
        let word = text.prefix { $0 != " " }
        if !word.isEmpty, word.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }) {
            self.init(code: String(word), message: String(text.dropFirst(word.count + 1)))
        } else {
            self.init(code: "ERR", message: String(text))
        }
    }
}

extension RedisServerError: CustomStringConvertible {
    /// The reply as Redis wrote it, without echoed arguments.
    public var description: String { "\(self.code) \(self.message)" }
}

extension Substring {
    /// The index at which `text` begins, or nil.
    fileprivate func firstRange(ofText text: String) -> Index? {
        var index = self.startIndex
        while index < self.endIndex {
            if self[index...].hasPrefix(text) { return index }
            index = self.index(after: index)
        }
        return nil
    }
}
