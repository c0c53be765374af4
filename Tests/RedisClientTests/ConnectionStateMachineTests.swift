import Testing

@testable import RedisClient

@Suite("The connection's state machine: commands and replies")
struct ConnectionStateMachineTests {
    @Test("replies go to the commands in the order of writing")
    func order() {
        let machine = Machine.ready()
        let (first, second) = (machine.submit(), machine.submit())
        machine.write()
        machine.reply(.integer(1), .integer(2))
        #expect(machine.results == [first: [.value(.integer(1))], second: [.value(.integer(2))]])
    }

    @Test("commands of one tick are gathered into one write")
    func coalescing() {
        let machine = Machine.ready()
        machine.submit(.command(RedisCommand("A")))
        machine.submit(.command(RedisCommand("B")))
        machine.write()
        #expect(machine.written == RedisCommand("A").bytes + RedisCommand("B").bytes)
    }

    @Test("a pipeline's replies are delivered together")
    func pipeline() {
        let machine = Machine.ready()
        let pipeline = machine.submit(.pipeline([RedisCommand("A"), RedisCommand("B")]))
        machine.write()
        machine.reply(.integer(1))
        #expect(machine.results.isEmpty)
        machine.reply(.integer(2))
        #expect(machine.results == [pipeline: [.value(.array([.integer(1), .integer(2)]))]])
    }

    @Test("a caller cancelled after the write is told that the outcome is unknown, and no reply shifts")
    func cancelWritten() {
        let machine = Machine.ready()
        let (first, second) = (machine.submit(), machine.submit())
        machine.write()
        machine.cancel(first)
        machine.reply(.integer(1), .integer(2))
        #expect(machine.results == [first: [.error(.outcomeUnknown(.cancelled))], second: [.value(.integer(2))]])
    }

    @Test("a caller cancelled before the write is told so, and its bytes are never written")
    func cancelUnwritten() {
        let machine = Machine.ready()
        let first = machine.submit(.command(RedisCommand("A")))
        machine.submit(.command(RedisCommand("B")))
        machine.cancel(first)
        machine.write()
        #expect(machine.results == [first: [.error(.notSent(.cancelled))]])
        #expect(machine.written == RedisCommand("B").bytes)
        machine.reply(.integer(2))
        #expect(machine.results.count == 2)
        #expect(machine.commandsInFlight == 0)
    }

    @Test("a connection's end tells the written from the unwritten")
    func endTellsApart() {
        let machine = Machine.ready()
        let written = machine.submit()
        machine.write()
        let unwritten = machine.submit()
        machine.end("reset")
        #expect(machine.results[written] == [.error(.outcomeUnknown(.connectionClosed("reset")))])
        #expect(machine.results[unwritten] == [.error(.notSent(.connectionClosed("reset")))])
    }

    @Test("nothing is handed to a socket that takes no more, and its deadline counts all the same")
    func notWritable() {
        let machine = Machine.ready()
        let waiter = machine.submit()
        machine.write(isWritable: false)
        #expect(machine.written.isEmpty)
        machine.advance(.seconds(1))
        #expect(machine.results == [waiter: [.error(.notSent(.deadlineExceeded))]])
        machine.write()
        #expect(machine.written.isEmpty)
    }

    @Test("commands beyond the bound are refused at once")
    func overload() {
        let machine = Machine.ready { $0.maximumInFlight = 2 }
        machine.submit()
        machine.submit()
        let third = machine.submit()
        #expect(machine.results == [third: [.error(.notSent(.overloaded))]])
        machine.write()
        machine.reply(.null)
        let fourth = machine.submit()
        #expect(machine.results[fourth] == nil)
    }

    @Test("an abandoned command counts until its reply has come")
    func abandonedCounts() {
        let machine = Machine.ready { $0.maximumInFlight = 1 }
        let first = machine.submit()
        machine.write()
        machine.cancel(first)
        let second = machine.submit()
        #expect(machine.results[second] == [.error(.notSent(.overloaded))])
    }

    @Test("a reply that nobody waits for closes the connection")
    func surplusReply() {
        let machine = Machine.ready()
        machine.reply(.simple("OK"))
        #expect(machine.isClosing)
    }

    @Test("a reply to bytes that were not written closes the connection")
    func earlyReply() {
        let machine = Machine.ready()
        let waiter = machine.submit()
        machine.reply(.simple("OK"))
        #expect(machine.isClosing)
        #expect(machine.results[waiter] == [.error(.notSent(.connectionClosed("a reply to no command")))])
    }

    @Test("unreadable bytes fail what was written as unknown")
    func unreadable() {
        let machine = Machine.ready()
        let waiter = machine.submit()
        machine.write()
        machine.fail(machine.machine.unreadable(.malformed("x")))
        guard case .error(.outcomeUnknown) = machine.results[waiter]?.first else {
            Issue.record("\(machine.results)")
            return
        }
    }

    @Test("a command bound to a session that has ended is not sent")
    func boundToSession() throws {
        let machine = Machine.ready()
        let session = try #require(machine.session)
        machine.end()
        let whileAway = machine.submit(on: session)
        _ = machine.machine.state.retry()
        machine.connect()
        let later = machine.submit(on: session)
        #expect(machine.results[whileAway] == [.error(.notSent(.sessionEnded))])
        #expect(machine.results[later] == [.error(.notSent(.sessionEnded))])
    }

    @Test("under random events every caller is answered exactly once, and the written ones never as not sent")
    func randomEvents() {
        for _ in 0..<300 {
            let machine = Machine.ready { $0.maximumInFlight = 20 }
            var waiters: [Int] = []
            for _ in 0..<150 {
                switch Int.random(in: 0..<12) {
                case 0...3: waiters.append(machine.submit())
                case 4: waiters.append(machine.submit(.pipeline([RedisCommand("A"), RedisCommand("B")])))
                case 5, 6: machine.write(isWritable: .random())
                case 7, 8: if machine.machine.queue.hasWritten { machine.reply(.null) }
                case 9: if let waiter = waiters.randomElement() { machine.cancel(waiter) }
                case 10: machine.advance(.milliseconds(.random(in: 0...700)))
                default:
                    machine.end()
                    if machine.machine.state.retry() { machine.connect() }
                }
                if machine.isClosing {
                    machine.end()
                    if machine.machine.state.retry() { machine.connect() }
                }
            }
            machine.end()
            machine.shutDown()
            #expect(waiters.allSatisfy { machine.results[$0]?.count == 1 })
            #expect(machine.commandsInFlight == 0)
        }
    }
}

extension CommandQueue {
    /// Whether a reply may come.
    fileprivate var hasWritten: Bool {
        var copy = self
        var deliveries: [Delivery<Waiter>] = []
        return copy.receive(.null, into: &deliveries)
    }
}
