public import FlagAPI

/// How a client is doing, for health checks and for people.
public struct FlagClientStatus: Sendable, Hashable {
    /// How the client stands to its control plane.
    public enum Connection: String, Sendable, Hashable, CaseIterable {
        /// ``FlagClient/run()`` has not been called.
        case idle
        /// A stream is being opened.
        case connecting
        /// A stream is open: changes arrive within milliseconds.
        case streaming
        /// Something pushed did not fit, and the whole snapshot is being fetched.
        case resyncing
        /// The last attempt failed, and the next one waits.
        case backingOff
        /// Streams do not get through: changes arrive with the next poll.
        case polling
        /// The client has stopped. Flags keep answering from the last snapshot.
        case stopped
    }

    /// How the client stands to its control plane.
    public internal(set) var connection = Connection.idle
    /// The revision in force; nil: none yet.
    public internal(set) var revision: Int64?
    /// Its digest.
    public internal(set) var digest: String?
    /// Where it came from, or was last confirmed by; ``InstanceSource/cache`` until the control plane is heard.
    public internal(set) var source: InstanceSource?
    /// How long ago the control plane was last heard; with a snapshot from the cache, by the process before. Nil: never.
    public internal(set) var heardAgo: Duration?
    /// How the control plane saw the instance when it answered the last report; nil: it has answered none.
    public internal(set) var instanceState: InstanceState?
    /// What goes wrong at the moment; nil: nothing.
    public internal(set) var problem: String?
    /// What is wrong with the cache; nil: nothing.
    public internal(set) var cacheProblem: String?
    /// How often what has happened.
    public internal(set) var counts = Counts()

    /// How often what has happened since the client was made.
    public struct Counts: Sendable, Hashable {
        /// Streams that delivered something.
        public internal(set) var streams = 0
        /// Polls that were answered.
        public internal(set) var polls = 0
        /// Streams and polls that failed.
        public internal(set) var failures = 0
        /// Snapshots put in force, the cache's included.
        public internal(set) var applied = 0
        /// Times that the whole snapshot had to be fetched, as a delta did not fit or a digest was not the content's.
        public internal(set) var resyncs = 0
        /// Snapshots and deltas refused because they were older than what is in force.
        public internal(set) var refused = 0
        /// Times that the control plane had another content under the revision in force, also on a second look.
        public internal(set) var conflicts = 0
        /// Reports that the control plane took.
        public internal(set) var reports = 0
        /// Reports that it did not take.
        public internal(set) var reportFailures = 0
    }
}
