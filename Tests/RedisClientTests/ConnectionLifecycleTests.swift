import NIOCore
import Testing

@testable import RedisClient

@Suite("The connection's state machine: life, deadlines and back-off")
struct ConnectionLifecycleTests {
    @Test("the handshake authenticates, selects, names itself and greets, in one write")
    func handshake() {
        let machine = Machine { configuration in
            configuration.credentials = RedisCredentials(user: "u", password: "p")
            configuration.database = 2
            configuration.clientName = "n"
            configuration.greeting = RedisGreeting(commands: [RedisCommand("INFO")]) { _ in "" }
        }
        _ = machine.machine.state.start()
        let expected = [
            RedisCommand("AUTH", "u", "p"), RedisCommand("SELECT", 2), RedisCommand("CLIENT", "SETNAME", "n"),
            RedisCommand("PING"), RedisCommand("INFO"),
        ].flatMap(\.bytes)
        let handshake = machine.machine.opened()
        #expect(handshake == expected)
        guard case .greet([.integer(7)]) = machine.machine.received([.null, .null, .null, .null, .integer(7)]) else {
            Issue.record("the greeting's reply was not handed on")
            return
        }
    }

    @Test("a password without a user is sent alone")
    func passwordOnly() {
        let machine = Machine { $0.credentials = RedisCredentials(password: "p") }
        _ = machine.machine.state.start()
        let handshake = machine.machine.opened()
        #expect(handshake == RedisCommand("AUTH", "p").bytes + RedisCommand("PING").bytes)
    }

    @Test("a refused AUTH closes the connection, and its text is not repeated")
    func refusedAuth() {
        let machine = Machine { $0.credentials = RedisCredentials(password: "p") }
        _ = machine.machine.state.start()
        let waiter = machine.submit()
        _ = machine.machine.opened()
        machine.reply(.error(RedisServerError(code: "WRONGPASS", message: "hunter2")))
        #expect(machine.isClosing)
        machine.end()
        #expect("\(machine.results[waiter] ?? [])".contains("WRONGPASS"))
        #expect(!"\(machine.results[waiter] ?? [])".contains("hunter2"))
    }

    @Test("a server that does not let clients name themselves is used all the same")
    func refusedName() {
        let machine = Machine { $0.clientName = "n" }
        _ = machine.machine.state.start()
        _ = machine.machine.opened()
        machine.reply(.error(RedisServerError(code: "NOPERM", message: "")))
        #expect(!machine.isClosing)
    }

    @Test("a server that is still loading is not used yet, and one that forbids PING is")
    func proof() {
        let loading = Machine()
        _ = loading.machine.state.start()
        _ = loading.machine.opened()
        loading.reply(.error(RedisServerError(code: "LOADING", message: "")))
        #expect(loading.isClosing)
        let restricted = Machine()
        _ = restricted.machine.state.start()
        _ = restricted.machine.opened()
        restricted.reply(.error(RedisServerError(code: "NOPERM", message: "")))
        #expect(!restricted.isClosing)
    }

    @Test("commands sent while connecting wait, and go out when the connection is ready")
    func waiting() {
        let machine = Machine()
        let early = machine.submit(.command(RedisCommand("A")))
        _ = machine.machine.state.start()
        machine.connect()
        machine.write()
        machine.reply(.integer(1))
        #expect(machine.results == [early: [.value(.integer(1))]])
        #expect(machine.written == RedisCommand("A").bytes)
    }

    @Test("commands that wait for a connection do so no longer than their deadline")
    func waitingDeadline() {
        let machine = Machine()
        let early = machine.submit()
        #expect(machine.nextDeadline == machine.now + .seconds(1))
        machine.advance(.seconds(1))
        #expect(machine.results == [early: [.error(.notSent(.deadlineExceeded))]])
    }

    @Test("a failed attempt fails those who wait, and later ones at once")
    func knownDown() {
        let machine = Machine()
        _ = machine.machine.state.start()
        let waiting = machine.submit()
        machine.end("refused")
        let later = machine.submit()
        #expect(machine.results[waiting] == [.error(.notSent(.unavailable("refused")))])
        #expect(machine.results[later] == [.error(.notSent(.unavailable("refused")))])
    }

    @Test("attempts back off further with each failure, and start anew after a success")
    func backoff() {
        let machine = Machine { $0.backoff = RedisBackoff(initial: .milliseconds(100), maximum: .seconds(1)) }
        _ = machine.machine.state.start()
        var delays: [Duration?] = []
        for _ in 0..<5 {
            delays.append(machine.end())
            _ = machine.machine.state.retry()
        }
        machine.connect()
        delays.append(machine.end())
        #expect(delays == [100, 200, 400, 800, 1000, 100].map { Duration.milliseconds($0) })
    }

    @Test("after the loss of a connection, commands wait for the next one")
    func waitAfterLoss() {
        let machine = Machine.ready()
        machine.end()
        let waiter = machine.submit()
        #expect(machine.results.isEmpty)
        _ = machine.machine.state.retry()
        machine.connect()
        machine.write()
        machine.reply(.integer(1))
        #expect(machine.results[waiter] == [.value(.integer(1))])
    }

    @Test("a passed deadline fails the commands of that tick only, and the late replies are dropped")
    func deadline() {
        let machine = Machine.ready()
        let first = machine.submit()
        machine.write()
        machine.advance(.milliseconds(600))
        let second = machine.submit()
        machine.write()
        machine.advance(.milliseconds(400))
        #expect(machine.results == [first: [.error(.outcomeUnknown(.deadlineExceeded))]])
        machine.reply(.integer(1), .integer(2))
        #expect(machine.results[second] == [.value(.integer(2))])
        #expect(machine.results[first]?.count == 1)
    }

    @Test("a connection that stays silent for twice the deadline is closed")
    func stall() {
        let machine = Machine.ready()
        machine.submit()
        machine.write()
        machine.advance(.seconds(1))
        #expect(!machine.isClosing)
        #expect(machine.nextDeadline == machine.now + .seconds(1))
        machine.advance(.seconds(1))
        #expect(machine.isClosing)
    }

    @Test("a late reply saves the connection")
    func lateReply() {
        let machine = Machine.ready()
        machine.submit()
        machine.write()
        machine.advance(.seconds(1))
        machine.reply(.null)
        machine.advance(.seconds(5))
        #expect(!machine.isClosing)
    }

    @Test("no deadline is pending once everything is answered")
    func noDeadline() {
        let machine = Machine.ready()
        machine.submit()
        machine.write()
        machine.reply(.null)
        #expect(machine.nextDeadline == nil)
    }

    @Test("READONLY replaces the connection after the replies that are due")
    func readOnly() throws {
        let machine = Machine.ready()
        let old = try #require(machine.session)
        let (first, second) = (machine.submit(), machine.submit())
        machine.write()
        let refused = RedisValue.error(RedisServerError(code: "READONLY", message: ""))
        machine.reply(refused)
        let third = machine.submit()
        #expect(!machine.isClosing)
        machine.reply(.integer(2))
        #expect(machine.isClosing)
        machine.end()
        _ = machine.machine.state.retry()
        machine.connect()
        machine.write()
        machine.reply(.integer(3))
        #expect(
            machine.results == [first: [.value(refused)], second: [.value(.integer(2))], third: [.value(.integer(3))]])
        #expect(machine.session != old)
    }

    @Test("an idle connection is probed, a busy one is not")
    func probe() {
        let machine = Machine.ready()
        let isProbed = machine.machine.probe()
        #expect(isProbed)
        machine.write()
        #expect(machine.written == RedisCommand("PING").bytes)
        let isRepeated = machine.machine.probe()
        #expect(!isRepeated)
        machine.reply(.simple("PONG"))
        #expect(!machine.isClosing)
    }

    private static func greet(_ configuration: inout RedisConfiguration) {
        configuration.greeting = RedisGreeting(commands: [RedisCommand("A"), RedisCommand("B")]) { _ in "" }
    }

    @Test("the greeting is repeated on a busy connection, one at a time, and its replies reach no caller")
    func greetingRepeated() {
        let machine = Machine.ready(Self.greet)
        let (first, gone) = (machine.submit(), machine.submit())
        let isProbed = machine.machine.probe()
        let isRepeated = machine.machine.probe()
        #expect(isProbed && !isRepeated)
        let last = machine.submit()
        machine.cancel(gone)
        machine.write()
        let (x, a, b) = (RedisCommand("X").bytes, RedisCommand("A").bytes, RedisCommand("B").bytes)
        #expect(machine.written == x + a + b + x)
        machine.reply(.integer(1), .integer(2))
        #expect(machine.greetings.isEmpty)
        machine.reply(.integer(3), .integer(4))
        #expect(machine.greetings == [[.integer(2), .integer(3)]])
        #expect(machine.results[first] == [.value(.integer(1))] && machine.results[last] == [.value(.integer(4))])
        let isProbedAgain = machine.machine.probe()
        #expect(isProbedAgain)
    }

    @Test("a connection whose greeting finds out something else is replaced after the replies that are due")
    func outdated() throws {
        let machine = Machine.ready(Self.greet)
        let old = try #require(machine.session)
        _ = machine.machine.probe()
        let due = machine.submit()
        machine.write()
        machine.reply(.integer(1), .integer(2))
        let isClosedAtOnce = machine.machine.outdated()
        #expect(!isClosedAtOnce && machine.session == nil)
        let waiting = machine.submit()
        machine.reply(.integer(3))
        #expect(machine.isClosing)
        machine.end()
        _ = machine.machine.state.retry()
        machine.connect()
        machine.write()
        machine.reply(.integer(4))
        #expect(machine.results == [due: [.value(.integer(3))], waiting: [.value(.integer(4))]])
        #expect(machine.session != old)
    }

    @Test("an idle connection whose greeting finds out something else is replaced at once")
    func outdatedIdle() {
        let machine = Machine.ready(Self.greet)
        _ = machine.machine.probe()
        machine.write()
        machine.reply(.integer(1), .integer(2))
        let isClosedAtOnce = machine.machine.outdated()
        #expect(isClosedAtOnce)
    }

    @Test("an unanswered probe closes the connection")
    func unansweredProbe() {
        let machine = Machine.ready()
        _ = machine.machine.probe()
        machine.write()
        machine.advance(.seconds(1))
        machine.advance(.seconds(1))
        #expect(machine.isClosing)
    }

    @Test("shutting down answers what is due, takes nothing new, and ends")
    func shutdown() {
        let machine = Machine.ready()
        let due = machine.submit()
        machine.write()
        machine.shutDown()
        let late = machine.submit()
        #expect(!machine.isClosing)
        machine.reply(.integer(1))
        #expect(machine.isClosing)
        let delay = machine.end()
        #expect(delay == nil)
        #expect(machine.results == [due: [.value(.integer(1))], late: [.error(.notSent(.shutDown))]])
        #expect(machine.isFinal)
    }

    @Test("shutting down writes what was gathered before")
    func shutdownWrites() {
        let machine = Machine.ready()
        machine.submit(.command(RedisCommand("A")))
        machine.shutDown()
        machine.write()
        #expect(machine.written == RedisCommand("A").bytes)
    }

    @Test("shutting down does not wait for ever")
    func drainTimeout() {
        let machine = Machine.ready()
        let due = machine.submit()
        machine.write()
        machine.shutDown()
        machine.fail(machine.machine.drainTimedOut())
        #expect(machine.results == [due: [.error(.outcomeUnknown(.shutDown))]])
        let delay = machine.end()
        #expect(delay == nil)
    }

    @Test("shutting down while connecting ends when the attempt has ended")
    func shutdownConnecting() {
        let machine = Machine()
        _ = machine.machine.state.start()
        let waiter = machine.submit()
        machine.shutDown()
        #expect(machine.results == [waiter: [.error(.notSent(.shutDown))]])
        let handshake = machine.machine.opened()
        #expect(handshake == nil)
        let delay = machine.end()
        #expect(delay == nil)
        #expect(machine.isFinal)
    }

    @Test("the session can be asked for before there is one")
    func sessionRequest() {
        let machine = Machine()
        let waiter = machine.submit(.session)
        _ = machine.machine.state.start()
        machine.connect()
        #expect(machine.results == [waiter: [.value(.null)]])
    }
}
