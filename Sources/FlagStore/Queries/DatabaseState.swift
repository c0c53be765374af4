internal import ControlPlane
internal import FlagModel
internal import GRDB

/// What is stored, as one transaction on one connection sees it.
struct DatabaseState: StoredState {
    let db: Database
    /// The file, for messages.
    let path: String
    let cache: HeadCache

    init(_ db: Database, at path: String, cache: HeadCache) {
        self.db = db
        self.path = path
        self.cache = cache
    }

    /// The rows that a query gives, by a statement that is compiled once for each connection.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(try self.db.cachedStatement(sql: sql), arguments: arguments)
    }

    /// Runs queries; what fails becomes the one error that the control plane knows.
    func query<Value>(_ body: () throws -> Value) throws(ControlPlaneError) -> Value {
        do {
            return try body()
        } catch {
            throw .storage(StorageFailure(error, at: self.path))
        }
    }

    /// The error for a row that cannot be what this program wrote.
    func corrupt(_ what: String, _ fault: some CustomStringConvertible) -> StorageFailure {
        .corrupt("\(what) cannot be read: \(fault)", at: self.path)
    }

    /// The JSON in a column.
    func json(_ text: String, _ what: String) throws(StorageFailure) -> JSONValue {
        do {
            // What was written was within the limits of its time; an audit entry nests definitions deeper than input may.
            return try JSONParser.parse(text, maximumDepth: 512)
        } catch {
            throw self.corrupt(what, "\(error)")
        }
    }
}

extension Timestamp {
    /// The moment in a column.
    init(column: Int64) { self.init(millisecondsSinceEpoch: column) }
}
