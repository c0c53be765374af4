/// Carries requests to a server; tests answer themselves.
protocol Transport: Sendable {
    /// Sends a request and waits for the whole answer.
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse

    /// Sends a request whose answer has no foreseeable end, and hands out the body of a good answer (2xx) as it arrives,
    /// until `receive` returns false or the answer ends.
    ///
    /// The request's time-out is for the beginning of the answer. An answer that then is silent for longer than
    /// ``HTTPTransport/longestSilence`` has ended with it.
    ///
    /// - Returns: The answer; the body only of one that is not good.
    func stream(
        _ request: TransportRequest, _ receive: ([UInt8]) async -> Bool
    ) async throws(TransportError) -> TransportResponse
}
