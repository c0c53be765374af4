/// The terminal, pipes or files that flagctl reads and writes; tests put memory in their place.
protocol Console: Sendable {
    /// Writes `text` as it is.
    func write(_ text: String, to stream: StandardStream)
    /// Whether a person is at the other end.
    func isTerminal(_ stream: StandardStream) -> Bool
    /// The columns of the terminal at standard output; nil when it is none.
    var columns: Int? { get }
    /// The next line of standard input without its end, or nil when there is none. Not shown on the terminal when secret.
    func readLine(secret: Bool) -> String?
    /// The rest of standard input, or nil when it is longer than `limit` bytes.
    func readAll(upTo limit: Int) -> [UInt8]?
}
