extension AsyncStream<Void> {
    /// An element after each `interval`, until the task that reads them is cancelled.
    static func ticks(every interval: Duration) -> Self {
        Self {
            // A sleep that is cancelled ends the stream.
            (try? await Task.sleep(for: interval)).map { _ in }
        }
    }
}
