/// Carries one request to a server; tests answer themselves.
protocol Transport: Sendable {
    /// Sends a request and waits for the whole answer.
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse
}
