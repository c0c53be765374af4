internal import ControlPlane
internal import Synchronization

/// Knows which webhooks are being told something, and what was said of each.
final class WebhookDesk: Sendable {
    private struct Book {
        var busy: Set<Int64> = []
        var dropped: [Int64: Int64] = [:]
        var isFailing = false
    }

    private let book = Mutex(Book())

    /// Whether nobody tells it anything yet; from now on somebody does.
    func begin(_ webhook: Webhook) -> Bool { self.book.withLock { $0.busy.insert(webhook.id).inserted } }

    /// Nobody tells it anything any more.
    func end(_ webhook: Webhook) { self.book.withLock { _ = $0.busy.remove(webhook.id) } }

    /// How many of its events were dropped since this was last asked.
    func newlyDropped(of webhook: Webhook) -> Int64 {
        self.book.withLock { book in
            let before = book.dropped.updateValue(webhook.dropped, forKey: webhook.id) ?? 0
            return max(0, webhook.dropped - before)
        }
    }

    /// Takes note of whether events can be read.
    ///
    /// - Returns: Whether that is news: failing is said once, not four times a second.
    @discardableResult
    func note(isFailing: Bool) -> Bool {
        self.book.withLock { book in
            defer { book.isFailing = isFailing }
            return book.isFailing != isFailing
        }
    }
}
