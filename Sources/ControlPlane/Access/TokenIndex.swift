internal import FlagModel
internal import Synchronization

/// The access tokens in memory, so that a request is authenticated without I/O.
///
/// Entries arrive in whatever order their transactions are reported; a revocation is never undone by the report of the
/// token's creation that comes late.
final class TokenIndex: Sendable {
    private let tokens: Mutex<[TokenHash: TokenRecord]>

    init(_ tokens: [TokenRecord]) {
        self.tokens = Mutex(Dictionary(tokens.map { ($0.hash, $0) }) { _, last in last })
    }

    /// Takes over what a transaction wrote.
    func merge(_ records: [TokenRecord]) {
        self.tokens.withLock { tokens in
            for record in records where tokens[record.hash]?.revokedAt == nil {
                tokens[record.hash] = record
            }
        }
    }

    /// The token with that hash if it is live at `moment`.
    func live(_ hash: TokenHash, at moment: Timestamp) -> TokenRecord? {
        self.tokens.withLock { $0[hash] }.flatMap { $0.isLive(at: moment) ? $0 : nil }
    }

    /// All tokens, by name; those of one name in the order they were made.
    var all: [TokenRecord] {
        self.tokens.withLock { Array($0.values) }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
}
