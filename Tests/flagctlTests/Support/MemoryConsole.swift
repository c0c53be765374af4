import Synchronization

@testable import flagctl

/// A console in memory: what is written to it can be read, and what a command reads is prepared.
final class MemoryConsole: Console {
    private struct State {
        var output = ""
        var errors = ""
        var input: [String]
    }

    private let state: Mutex<State>
    private let terminals: Set<StandardStream>
    private let refusal: FileAccess.Refusal?
    let columns: Int?

    /// - Parameter refusal: What happens to everything that is written to standard output.
    init(
        input: String = "", terminals: Set<StandardStream> = [], columns: Int? = nil,
        refusal: FileAccess.Refusal? = nil
    ) {
        self.refusal = refusal
        let lines = input.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        self.state = Mutex(State(input: input.hasSuffix("\n") ? lines.dropLast() : lines))
        self.terminals = terminals
        self.columns = columns
    }

    var output: String { self.state.withLock(\.output) }
    var errors: String { self.state.withLock(\.errors) }

    func write(_ text: String) throws(FileAccess.Refusal) {
        if let refusal = self.refusal { throw refusal }
        self.state.withLock { $0.output += text }
    }

    func tell(_ text: String) {
        self.state.withLock { $0.errors += text }
    }

    func isTerminal(_ stream: StandardStream) -> Bool { self.terminals.contains(stream) }

    func readLine(secret: Bool) -> String? {
        self.state.withLock { $0.input.isEmpty ? nil : $0.input.removeFirst() }
    }

    func readAll(upTo limit: Int) -> [UInt8]? {
        let text = self.state.withLock { $0.input.joined(separator: "\n") }
        return text.utf8.count > limit ? nil : Array(text.utf8)
    }
}
