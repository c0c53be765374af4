/// What about a flag decides its answers, apart from the context: two equal sightings answer alike.
struct FlagSighting: Sendable, Equatable {
    /// Whether there is a snapshot.
    let isReady: Bool
    /// The flag; nil: there is none.
    let flag: ReadyFlag?
    /// Whether the flag serves its safe variant for want of news.
    let isStale: Bool

    /// What there is to see of a flag now.
    init(of key: String, in live: LiveState) {
        let applied = live.applied
        let flag = applied?.flags[key]
        self.isReady = applied != nil
        self.flag = flag
        self.isStale = flag.map { $0.staleAfter != nil && $0.isStale(after: live.silence ?? .max) } ?? false
    }

    /// Whether nothing has changed. A flag that answers as before is the same object as before.
    static func == (left: Self, right: Self) -> Bool {
        left.isReady == right.isReady && left.flag === right.flag && left.isStale == right.isStale
    }
}
