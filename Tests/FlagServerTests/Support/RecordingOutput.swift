import Synchronization

@testable import FlagServer

/// Keeps what is written.
final class RecordingOutput: TextOutput {
    private let storage = Mutex("")

    /// All that was written.
    var text: String { self.storage.withLock { $0 } }

    /// The lines that were written.
    var lines: [Substring] { self.text.split(separator: "\n", omittingEmptySubsequences: true) }

    func write(_ text: String) {
        self.storage.withLock { $0 += text }
    }
}
