/// Where one connection is in its life.
///
/// ```
/// idle ──start──▶ connecting ──open──▶ handshaking ──becomeReady──▶ ready ──becomeStale, shutDown──▶ draining
///                     ▲  │                  │                         │                                │
///                     │  └──────────────────┴────────────┬────────────┴────────────────────────────────┘
///                   retry                                │ beginClosing
///                     │                                  ▼
///                 backingOff ◀────────end──────────── closing ────end (final)────▶ closed
/// ```
///
/// It cannot be copied, and each transition consumes it: a transition that forgets a case does not compile.
enum ConnectionState: ~Copyable {
    case idle
    case connecting
    case handshaking(Handshake)
    case ready(RedisSession)
    /// No new commands; closes when the last reply has arrived, for good if `isFinal`.
    case draining(RedisSession, isFinal: Bool)
    /// The socket is being closed and its end has not been reported yet.
    case closing(RedisFailure, isFinal: Bool)
    case backingOff
    case closed

    /// The session that takes commands at present.
    var session: RedisSession? {
        switch self {
        case .ready(let session): session
        default: nil
        }
    }

    /// The session whose replies arrive at present: also while the last ones are waited for.
    var answering: RedisSession? {
        switch self {
        case .ready(let session): session
        case .draining(let session, _): session
        default: nil
        }
    }

    /// True when no new commands are taken, and the last replies are waited for.
    var isDraining: Bool {
        switch self {
        case .draining: true
        default: false
        }
    }

    /// True when there will be no further connection.
    var isFinal: Bool {
        switch self {
        case .draining(_, let isFinal): isFinal
        case .closing(_, let isFinal): isFinal
        case .closed: true
        default: false
        }
    }
}
