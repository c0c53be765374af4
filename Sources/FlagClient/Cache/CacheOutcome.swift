import FlagModel

/// What the cache file held at the start.
enum CacheOutcome: Sendable {
    /// A snapshot, and how long ago its control plane was heard.
    case found(Snapshot, age: Duration)
    /// There is no file.
    case missing
    /// It is not another's to use: another environment's, another control plane's.
    case foreign(String)
    /// It was not as it was written. It has been set aside under that name, unless another process did so already.
    case corrupt(String, setAside: String?)
    /// The system did not let it be read.
    case unreadable(SystemFailure)
}
