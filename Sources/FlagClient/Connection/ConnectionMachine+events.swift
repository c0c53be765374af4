extension ConnectionMachine {
    /// What a machine hears.
    enum Event: Sendable, Hashable {
        /// Begin.
        case start
        /// End. Nothing comes after.
        case stop
        /// The ``ConnectionMachine/deadline`` has come.
        case tick
        /// Bytes came on a stream. After too long a silence they do not save it.
        case heard(Int)
        /// A stream brought a snapshot or a delta that was applied, or that there was no need to apply.
        case delivered(Int)
        /// A stream brought something that does not fit what is applied, or does not have the digest that it states.
        case misfit(Int)
        /// A stream brought the revision that is applied, with another digest.
        case conflict(Int)
        /// The server ended a stream in good order.
        case ended(Int)
        /// A stream ended, or never came to be.
        case broke(Int, ConnectionFailure)
        /// The server says how long to wait before coming back.
        case retry(Duration)
        /// A poll is done.
        case polled(Int, PollOutcome)
    }

    /// What came of a poll.
    enum PollOutcome: Sendable, Hashable {
        /// The control plane answered: with a snapshot, or that there is nothing new.
        case heard
        /// It has the revision that is applied, with another digest.
        case diverged
        /// Nothing came of it.
        case failed(ConnectionFailure)
    }

    /// What a machine wants done.
    enum Action: Sendable, Hashable {
        /// Open a stream: from what is applied, or with the whole snapshot first.
        case open(Int, full: Bool)
        /// Fetch the snapshot: if it is another than the one applied, or in any case.
        case poll(Int, full: Bool)
        /// Give a stream or a poll up.
        case close(Int)
        /// The control plane is heard: report what is applied.
        case connected
        /// What was pushed did not fit; the whole snapshot follows.
        case resync
        /// The control plane has another content under the revision that is applied, also on a second look.
        case diverged
    }
}
