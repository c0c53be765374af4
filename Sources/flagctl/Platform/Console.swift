/// The terminal, pipes or files that flagctl reads and writes; tests put memory in their place.
protocol Console: Sendable {
    /// Writes `text` as it is to standard output. A reader that has gone away (`head`) is no failure.
    ///
    /// - Throws: What the system refused: a full disk, a closed stream.
    func write(_ text: String) throws(FileAccess.Refusal)
    /// Writes `text` as it is to standard error. When that fails there is nobody left to tell.
    func tell(_ text: String)
    /// Whether a person is at the other end.
    func isTerminal(_ stream: StandardStream) -> Bool
    /// The columns of the terminal at standard output; nil when it is none.
    var columns: Int? { get }
    /// The next line of standard input without its end, or nil when there is none. Not shown on the terminal when secret.
    func readLine(secret: Bool) -> String?
    /// The rest of standard input, or nil when it is longer than `limit` bytes.
    func readAll(upTo limit: Int) -> [UInt8]?
}
