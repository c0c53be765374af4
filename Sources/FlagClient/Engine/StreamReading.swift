import FlagAPI
import FlagModel

/// What an event of the stream comes to.
///
/// Deltas lead on from what the same stream brought before, and not from what is in force: that may have come another way
/// meanwhile, and a control plane that lost revisions counts on from its own.
enum StreamReading: Sendable {
    /// A whole snapshot, with its digest checked.
    case snapshot(AppliedSnapshot)
    /// It does not fit, or is not what it says.
    case misfit(String)
    /// The server ends the stream.
    case end(StreamEnd.Reason?)
    /// An event of a kind that this client does not know.
    case unknown

    /// Reads an event.
    ///
    /// - Parameter base: What the stream has led to so far.
    init(_ event: ServerSentEvent, base: AppliedSnapshot?, environment: EnvironmentName) {
        switch event.name {
        case "snapshot": self = Self.snapshot(event.data, base, environment).confirmed(by: event.id)
        case "delta": self = Self.delta(event.data, base).confirmed(by: event.id)
        case "end":
            // A reason of a later version does not make the end another.
            let end = try? WireDecoder(unknownMembers: .ignore).decode(StreamEnd.self, from: event.data)
            self = .end(end?.reason)
        default: self = .unknown
        }
    }

    private static func snapshot(
        _ data: [UInt8], _ base: AppliedSnapshot?, _ environment: EnvironmentName
    ) -> Self {
        do {
            let snapshot = try Snapshot(json: try JSONParser.parse(data))
            guard snapshot.environment == environment else {
                return .misfit("a snapshot of \(snapshot.environment) came")
            }
            return .snapshot(AppliedSnapshot(snapshot, after: base))
        } catch {
            return .misfit("a snapshot is not usable: \(error)")
        }
    }

    private static func delta(_ data: [UInt8], _ base: AppliedSnapshot?) -> Self {
        guard let base else { return .misfit("a delta came before there was a snapshot") }
        do {
            let delta = try SnapshotDelta(json: try JSONParser.parse(data))
            return .snapshot(AppliedSnapshot(try base.snapshot.applying(delta), after: base, by: delta))
        } catch {
            return .misfit("\(error)")
        }
    }

    /// A revision's number is no part of its digest, so the event's id has to vouch for it: a client that took a number for
    /// higher than it is would refuse what comes after as older.
    private func confirmed(by id: String?) -> Self {
        guard case .snapshot(let applied) = self, let id else { return self }
        let position = StreamPosition(applied.snapshot).description
        return id == position ? self : .misfit("an event that holds \(position) has the id \(id.prefix(100))")
    }
}
