import Logging
import Synchronization
import Testing

@testable import FlagServer

@Suite("Beyond the cap connections wait, and the log says so")
struct ConnectionCapTests {
    @Test("At the cap no more are accepted, until one ends")
    func waits() {
        var cap = ConnectionCap(maximum: 2, logger: StartTests.quiet)
        cap.connectionOpened()
        #expect(cap.isAcceptingNewConnections())
        cap.connectionOpened()
        #expect(!cap.isAcceptingNewConnections())
        cap.connectionClosed()
        #expect(cap.isAcceptingNewConnections())
    }

    @Test("Reaching the cap is logged as critical, once a minute at most")
    func reports() {
        let output = RecordingOutput()
        let logger = Logger(label: "test") { label in
            LineLogHandler(label: label, level: .info, format: .text, output: output, now: { TokenForge.now })
        }
        let start = ContinuousClock.now
        let elapsed = Mutex(Duration.zero)
        var cap = ConnectionCap(maximum: 1, logger: logger) { start + elapsed.withLock { $0 } }
        for (seconds, lines) in [(0, 1), (59, 1), (60, 2), (61, 2)] {
            elapsed.withLock { $0 = .seconds(seconds) }
            cap.connectionOpened()
            cap.connectionClosed()
            #expect(output.lines.count { $0.contains("all 1 connections are in use") } == lines)
        }
    }
}
