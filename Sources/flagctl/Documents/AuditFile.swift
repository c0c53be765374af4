import FlagAPI
import FlagModel

/// Reads audit entries from a file that `flagctl audit export` wrote: JSON lines, or a JSON array.
enum AuditFile {
    /// The entries in `text`.
    ///
    /// - Parameter name: What to call the file in a message.
    static func entries(_ text: String, in name: String) throws(Failure) -> [AuditEntry] {
        let isArray = text.first { !$0.isWhitespace } == "["
        return isArray ? try Self.array(text, name) : try Self.lines(text, name)
    }

    private static func array(_ text: String, _ name: String) throws(Failure) -> [AuditEntry] {
        do {
            return try Self.decoder.decode([AuditEntry].self, from: Array(text.utf8))
        } catch {
            throw Self.failure(error, name)
        }
    }

    private static func lines(_ text: String, _ name: String) throws(Failure) -> [AuditEntry] {
        var entries: [AuditEntry] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { !$0.isWhitespace }) {
            do {
                entries.append(try Self.decoder.decode(AuditEntry.self, from: Array(line.utf8)))
            } catch {
                throw Self.failure(error, "\(name), line \(number + 1)")
            }
        }
        return entries
    }

    // What a newer server says besides is not covered by the digest, and nothing to stumble over.
    private static let decoder = WireDecoder(unknownMembers: .ignore)

    private static func failure(_ error: any Error, _ place: String) -> Failure {
        if let error = error as? InvalidDocument { return Failure(error, in: place) }
        return Failure(.invalid, "document-syntax", "\(place): \(error)")
    }
}
