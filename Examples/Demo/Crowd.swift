import FlagModel
import NIOHTTP1
import Synchronization

/// Many users who connect all the time, each as a browser would: it asks for a ticket, and presents it, or its JWT where the
/// server says that tickets are not for this user.
final class Crowd: Sendable {
    private static let browsers = 48

    private let stage: Stage
    private let users: [SyntheticUser]
    private let attemptsPerSecond: Double
    /// Of the users with tickets, the share whose address changes between asking and connecting.
    private let roaming = Mutex(0.0)
    private let turn = Atomic<Int>(0)

    /// A crowd that is not there yet.
    init(on stage: Stage, users: Int, attemptsPerSecond: Double) {
        self.stage = stage
        self.users = (0..<users).map { SyntheticUser(number: $0, secret: Stage.secret) }
        self.attemptsPerSecond = attemptsPerSecond
    }

    /// Injects the fault: so many of the users with tickets change their network on the way.
    func roam(share: Double) { self.roaming.withLock { $0 = share } }

    /// Connects until cancelled.
    func run() async throws {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.browsers {
                group.addTask {
                    while !Task.isCancelled {
                        let turn = self.turn.wrappingAdd(1, ordering: .relaxed).oldValue
                        try await Task.sleep(
                            until: start + .seconds(Double(turn) / self.attemptsPerSecond), clock: .continuous)
                        try await self.connect(self.users[turn % self.users.count], turn)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func connect(_ user: SyntheticUser, _ turn: Int) async throws {
        let asked = try await self.stage.request(
            .POST, "/websocket/ticket", token: user.token, headers: [("X-Forwarded-For", user.address)])
        var handshake: [String: JSONValue] = ["uri": "/ws", "headers": [:], "address": .string(user.address)]
        if let ticket = asked.json["ticket_id"]?.stringValue {
            handshake["uri"] = .string("/ws?ticket=\(ticket)")
            let share = self.roaming.withLock { $0 }
            if Double(turn % 100) < share * 100 { handshake["address"] = "203.0.113.7" }
        } else if asked.json["pathway"]?.stringValue == "subprotocol" {
            handshake["headers"] = ["sec-websocket-protocol": .string("jwt-auth.\(user.token)")]
        } else {
            return
        }
        let answer = try await self.stage.request(.POST, "/websocket/authenticate", json: .object(handshake))
        // Whoever is refused is refused; a question that is not understood is a fault of the demo.
        guard answer.status != 422 else { throw DemoError("the server does not understand: \(answer.json.canonical)") }
    }
}
