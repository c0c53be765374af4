import Foundation
import Synchronization
import TestSupport

/// Collects what a program writes, from a thread of its own, and lets a test wait for a line.
final class Output: Sendable {
    private let text = Mutex("")
    private let isClosed = Mutex(false)

    init(reading handle: FileHandle) {
        Thread.detachNewThread {
            while true {
                let data = handle.availableData
                if data.isEmpty { break }
                self.text.withLock { $0 += String(decoding: data, as: UTF8.self) }
            }
            self.isClosed.withLock { $0 = true }
        }
    }

    var all: String { self.text.withLock { $0 } }
    var hasEnded: Bool { self.isClosed.withLock { $0 } }

    /// The first line that contains `part`, as soon as it is complete; nil when the output ends without it.
    func line(containing part: String, within limit: Duration = .seconds(120)) async throws -> String? {
        let deadline = ContinuousClock.now + limit
        while true {
            let hasEnded = self.hasEnded
            let lines = self.all.split(separator: "\n", omittingEmptySubsequences: false).dropLast(hasEnded ? 0 : 1)
            if let line = lines.first(where: { $0.contains(part) }) { return String(line) }
            if hasEnded { return nil }
            guard ContinuousClock.now < deadline else {
                throw HarnessError("no line with \"\(part)\" in:\n\(self.all)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Everything, once the program has closed its end.
    func complete() async throws -> String {
        try await eventually("the program closes its output", within: .seconds(600)) { self.hasEnded }
        return self.all
    }
}

/// The test's own machinery failed.
struct HarnessError: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
