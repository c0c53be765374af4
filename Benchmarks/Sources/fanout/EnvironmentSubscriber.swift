import BenchmarkSupport
import FlagModel
import NIOCore

/// Keeps an environment's snapshot up to date from the event stream, as FlagClient does: every delta is applied, and the
/// digest of what it leads to is computed and compared.
struct EnvironmentSubscriber: Subscriber {
    static let separator = "\n\n"

    /// With whom the work is shared; nil: it is done by each.
    let shared: SharedWork?
    private var snapshot: Snapshot?

    init(sharing shared: SharedWork?) {
        self.shared = shared
    }

    mutating func receive(_ message: ByteBuffer) throws -> Int? {
        let result =
            try self.shared.map { shared in
                try shared.result(of: message, on: self.snapshot?.digest) { try self.applied(message) }
            } ?? self.applied(message)
        guard let result else { return nil }
        self.snapshot = result
        return Int(result.revision)
    }

    /// What an event leads to; nil: it is none.
    private func applied(_ message: ByteBuffer) throws -> Snapshot? {
        // The data is the last line of every event here.
        guard let place = message.length(upTo: "\ndata: ") else { return nil }
        let isDelta = message.length(upTo: "event: delta\n").map { $0 < place } ?? false
        let isSnapshot = message.length(upTo: "event: snapshot\n").map { $0 < place } ?? false
        let json = try JSONParser.parse(Array(message.readableBytesView.dropFirst(place + 7)))
        if isDelta {
            guard let snapshot = self.snapshot else { throw BenchmarkError("a delta came before the snapshot") }
            return try snapshot.applying(try SnapshotDelta(json: json))
        }
        guard isSnapshot else { throw BenchmarkError("the stream ended: \(json.canonical)") }
        return try Snapshot(json: json)
    }
}
