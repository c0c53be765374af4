/// What a new connection says before it serves anyone: who it is, which database, and the owner's greeting.
///
/// All commands go out in one write; the replies are checked as they come.
struct Handshake: ~Copyable {
    enum Step: Hashable {
        case authenticate
        case selectDatabase
        case setName
        case prove
        case greet
    }

    enum Progress {
        case waiting
        /// Every reply is there; those of the greeting's commands.
        case complete([RedisValue])
        case refused(String)
    }

    private let steps: [Step]
    private var next = 0
    private var greeting: [RedisValue] = []
    /// The encoded commands.
    let bytes: [UInt8]

    init(_ configuration: RedisConfiguration) {
        var steps: [Step] = []
        var bytes: [UInt8] = []
        if let credentials = configuration.credentials {
            steps.append(.authenticate)
            let command =
                if let user = credentials.user {
                    RedisCommand("AUTH", user, credentials.password)
                } else {
                    RedisCommand("AUTH", credentials.password)
                }
            bytes += command.bytes
        }
        if configuration.database != 0 {
            steps.append(.selectDatabase)
            bytes += RedisCommand("SELECT", configuration.database).bytes
        }
        if let name = configuration.clientName {
            steps.append(.setName)
            bytes += RedisCommand("CLIENT", "SETNAME", name).bytes
        }
        // A server that is loading its data, or asks for a password, says so here and not to a caller.
        steps.append(.prove)
        bytes += RedisCommand("PING").bytes
        if let greeting = configuration.greeting {
            for command in greeting.commands {
                steps.append(.greet)
                bytes += command.bytes
            }
        }
        self.steps = steps
        self.bytes = bytes
    }

    /// Takes the replies of one read.
    mutating func receive(_ values: [RedisValue]) -> Progress {
        var progress = Progress.waiting
        for value in values {
            progress = self.receive(value)
            if case .refused = progress { break }
        }
        return progress
    }

    private mutating func receive(_ value: RedisValue) -> Progress {
        guard self.next < self.steps.count else { return .refused("more replies than commands in the handshake") }
        let step = self.steps[self.next]
        self.next += 1
        switch (step, value) {
        case (.authenticate, .error(let error)):
            // Only the code: a server with renamed commands may echo what it was sent.
            return .refused("\(error.code) in answer to AUTH; check user and password")
        case (.selectDatabase, .error(let error)):
            return .refused("\(error)")
        // A user may be allowed a few commands only, and PING need not be one of them.
        case (.prove, .error(let error)) where error.code != "NOPERM":
            return .refused("\(error)")
        case (.greet, _):
            self.greeting.append(value)
        case (.authenticate, _), (.selectDatabase, _), (.setName, _), (.prove, _):
            break
        }
        return self.next == self.steps.count ? .complete(self.greeting) : .waiting
    }
}
