import RedisClient
import Synchronization

extension RedisTicketStore {
    /// What Redis answered to one command, and what came along with it.
    struct Answer {
        var value: RedisValue
        /// The primary that answered.
        var epoch: String
        /// The generation of revocations, when it was asked for.
        var generation: Int64?
        /// How many replicas have confirmed, when that was asked for.
        var confirmations: Int64?
    }

    /// Sends a command alone: the usual case, in as few layers as can be.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - spending: Whether the ticket is spent once the command was carried out, whatever comes after.
    @inline(__always)
    func ask(_ command: RedisCommand, spending: Bool = false) async throws(TicketStoreError) -> Answer {
        var isCarriedOut = false
        do throws(RedisError) {
            let reply = try await self.client.send(command)
            isCarriedOut = true
            return Answer(value: reply.value, epoch: try Self.epoch(of: reply.session))
        } catch {
            let error = TicketStoreError(error)
            throw spending && isCarriedOut ? error.afterConsumption : error
        }
    }

    /// Sends a command, and with it, in one write, what else is to be known.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - rememberingGeneration: Whether the generation of revocations is asked for.
    ///   - askedAt: When the question is sent.
    ///   - confirming: Whether a replica is waited for.
    ///   - spending: Whether the ticket is spent once the command was carried out, whatever comes after.
    func ask(
        _ command: RedisCommand, rememberingGeneration: Bool, askedAt: Int64, confirming: Bool = false,
        spending: Bool = false
    ) async throws(TicketStoreError) -> Answer {
        var isCarriedOut = false
        do throws(RedisError) {
            var commands = [command]
            // First, so that it speaks of the moment before the replicas are waited for.
            if rememberingGeneration { commands.append(RedisCommand("GET", self.keys.generation)) }
            if confirming {
                commands.append(RedisCommand("WAIT", 1, self.options.replicationTimeout.milliseconds))
            }
            let reply = try await self.client.pipeline(commands)
            guard let value = reply.values.first, reply.values.count == commands.count else {
                throw RedisError.outcomeUnknown(.unavailable("a pipeline was answered in part"))
            }
            if case .error(let error) = value { throw RedisError.server(error) }
            isCarriedOut = true
            var answer = Answer(value: value, epoch: try Self.epoch(of: reply.session))
            if rememberingGeneration {
                let generation = try Self.generation(in: reply.values[1])
                self.view.withLock { $0.learn(generation, in: answer.epoch, askedAt: askedAt) }
                answer.generation = generation
            }
            if confirming { answer.confirmations = reply.values.last?.integer ?? 0 }
            return answer
        } catch {
            let error = TicketStoreError(error)
            throw spending && isCarriedOut ? error.afterConsumption : error
        }
    }

    /// The primary that a session leads to. Without the greeting it is not known, and no ticket could be fenced.
    private static func epoch(of session: RedisSession) throws(RedisError) -> String {
        guard !session.epoch.isEmpty else {
            throw .server(
                RedisServerError(
                    code: "GREETING", message: "is missing: set RedisTicketStore.greeting in the client's configuration"
                ))
        }
        return session.epoch
    }

    /// The generation that a `GET` of the counter answered; 0 when there was never a revocation.
    static func generation(in value: RedisValue) throws(RedisError) -> Int64 {
        switch value {
        case .null: return 0
        case .error(let error): throw .server(error)
        default:
            guard let generation = value.string.flatMap({ Int64($0) }) else {
                throw .server(RedisServerError(code: "ERR", message: "the counter of revocations is not a number"))
            }
            return generation
        }
    }
}

extension TicketStoreError {
    /// What a failure of Redis means for tickets.
    init(_ error: RedisError) {
        switch error {
        case .notSent(.cancelled): self.init(.cancelled, error.description)
        case .notSent(.overloaded): self.init(.storeOverloaded, error.description)
        case .notSent: self.init(.storeUnreachable, error.description)
        case .outcomeUnknown(.cancelled): self.init(.cancelled, isOutcomeUnknown: true, error.description)
        case .outcomeUnknown: self.init(.replyLost, isOutcomeUnknown: true, error.description)
        case .server: self.init(.storeRefused, error.description)
        }
    }

    /// The same fault, met after the ticket had been spent: nothing can be granted, and asking again would be a replay.
    var afterConsumption: Self {
        Self(self.cause, isOutcomeUnknown: true, self.description)
    }
}
