internal import Synchronization

/// The WebSocket URL that clients are told: the configured one, or one made of the address listened on, whose port is
/// known only once the server listens.
final class WebSocketURL: Sendable {
    private let isConfigured: Bool
    private let storage: Mutex<String>

    init(configured: String?, listen: ListenAddress) {
        self.isConfigured = configured != nil
        self.storage = Mutex(configured ?? Self.url(of: listen))
    }

    /// The URL.
    var text: String { self.storage.withLock { $0 } }

    /// Takes over the address that the server really listens on.
    func listens(on address: ListenAddress) {
        guard !self.isConfigured else { return }
        self.storage.withLock { $0 = Self.url(of: address) }
    }

    private static func url(of address: ListenAddress) -> String { "ws://\(address.reachable)/ws" }
}
