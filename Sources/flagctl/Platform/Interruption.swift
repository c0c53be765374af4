import Dispatch

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Ctrl-C, as something to wait for rather than the end of the process.
enum Interruption {
    /// Waits for SIGINT, or until the task is cancelled. Until then the signal does not end the process.
    static func wait() async {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler { continuation.yield() }
        source.resume()
        for await _ in signals { break }
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
}
