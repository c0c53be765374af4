import FlagModel
import Logging

/// One handshake on its way through the pathways.
struct PathwayChain {
    /// What a decision about a proven user rests on.
    private struct Moment {
        let policy: TicketPolicy
        let now: Timestamp
        let user: ProvenUser
        let context: EvaluationContext

        /// Whether the user can have tickets.
        var servesTickets: Bool {
            self.user.canHaveTickets && self.policy.isEnabled(.ticket, for: self.context, at: self.now)
        }

        /// What the user should use instead of a pathway that is off.
        var alternative: Pathway? {
            self.servesTickets ? .ticket : self.policy.pathwayInsteadOfTickets(for: self.context, at: self.now)
        }
    }

    /// A credential that did not let its user in.
    private struct Miss: Error {
        let pathway: Pathway
        let attempt: RefusedAttempt
        /// Whom it has proven nevertheless.
        var userID: String?
    }

    private let runtime: TicketRuntime
    private let handshake: WebSocketHandshake
    private let credentials: HandshakeCredentials
    /// What was passed over so far. A ticket is only while its store is away: nothing but the fallback counts then.
    private var passedOver: [Miss] = []

    init(_ runtime: TicketRuntime, _ handshake: WebSocketHandshake) {
        self.runtime = runtime
        self.handshake = handshake
        self.credentials = HandshakeCredentials(of: handshake, runtime.configuration.pathways)
    }

    /// The user who is let in. The handshake is counted once, with its outcome; what was passed over is counted apart.
    mutating func run() async throws(TicketRefusal) -> HandshakeIdentity {
        do throws(Miss) {
            let identity = try await self.decide()
            self.runtime.telemetry.count(.authenticate, pathway: identity.pathway, cohort: identity.cohort)
            // Whose they were is known now, also of those that prove nobody.
            for miss in self.passedOver { self.count(.passOver, miss, cohort: identity.cohort) }
            return identity
        } catch {
            self.count(.authenticate, error, cohort: error.attempt.cohort)
            for miss in self.passedOver { self.count(.passOver, miss, cohort: miss.attempt.cohort) }
            throw error.attempt.refusal
        }
    }

    /// The user who is let in, or the refusal that is answered, which is none of ``passedOver`` then.
    private mutating func decide() async throws(Miss) -> HandshakeIdentity {
        let presented = self.credentials.pathways
        do throws(TicketRefusal) {
            try self.check()
        } catch {
            throw Miss(pathway: presented.first ?? .ticket, attempt: RefusedAttempt(error))
        }
        for pathway in presented where self.outage == nil || pathway == .subprotocol {
            let identity: HandshakeIdentity?
            do throws(RefusedAttempt) {
                identity = try await pathway == .ticket ? self.consume() : self.attempt(pathway)
            } catch {
                throw Miss(pathway: pathway, attempt: error)
            }
            if let identity { return identity }
        }
        throw self.passedOver.remove(at: self.answer)
    }

    /// Which of what was passed over is answered when nothing counts: that the ticket's store is away, else why the first
    /// credential that proved a user was passed over, else that one could not be verified at present, else the last.
    private var answer: Int {
        self.passedOver.firstIndex { $0.pathway == .ticket } ?? self.passedOver.firstIndex { $0.userID != nil }
            ?? self.passedOver.firstIndex { $0.attempt.refusal.reason == .verificationUnavailable }
            ?? self.passedOver.index(before: self.passedOver.endIndex)
    }

    /// That the ticket's store is away.
    private var outage: Miss? { self.passedOver.first { $0.pathway == .ticket } }

    /// What holds for every pathway.
    private func check() throws(TicketRefusal) {
        try self.runtime.requireSnapshot(self.runtime.policy)
        guard self.handshake.isWithinBounds else { throw .handshakeMalformed("its URI or its headers are too long") }
        guard self.handshake.values(of: "origin").count <= 1 else {
            throw .handshakeMalformed("it has more than one Origin")
        }
        guard self.runtime.configuration.allowedOrigins.allows(self.handshake.origin) else { throw .originNotAllowed }
        guard !self.credentials.pathways.isEmpty else { throw .credentialMissing }
    }

    /// Lets the ticket's user in, or nobody; nil: its store is away, and the fallback may help.
    private mutating func consume() async throws(RefusedAttempt) -> HandshakeIdentity? {
        let ticket: String
        do throws(TicketRefusal) {
            ticket = try self.credentials.credential(for: .ticket)
        } catch {
            throw RefusedAttempt(error)
        }
        do throws(RefusedAttempt) {
            let place = TicketHandshake(origin: self.handshake.origin, clientAddress: self.handshake.clientAddress)
            return HandshakeIdentity(try await self.runtime.consume(ticket, from: place))
        } catch {
            guard error.refusal.reason == .storeUnavailable, self.credentials.pathways.contains(.subprotocol) else {
                throw error
            }
            return self.passOver(error, by: .ticket)
        }
    }

    /// Lets the user of a credential in; nil: it is passed over.
    private mutating func attempt(_ pathway: Pathway) async throws(RefusedAttempt) -> HandshakeIdentity? {
        guard self.runtime.looksAt(pathway) else {
            return self.passOver(RefusedAttempt(.pathwayOff(use: nil)), by: pathway)
        }
        guard !pathway.isAmbient || self.comesFromAllowedPage else {
            return self.passOver(RefusedAttempt(.originNotAllowed), by: pathway)
        }
        let user: ProvenUser
        do throws(TicketRefusal) {
            user = try await self.runtime.user(
                provenBy: self.credentials.credential(for: pathway), for: pathway, as: self.credentials.bypassUserID)
        } catch {
            guard pathway.isAmbient, error.reason != .handshakeMalformed else { throw RefusedAttempt(error) }
            return self.passOver(RefusedAttempt(error), by: pathway)
        }
        return try await self.admit(user, by: pathway)
    }

    /// Lets a proven user in if the pathway is open to them. The policy is that of this moment, not that from before the
    /// proof: what was switched off meanwhile is off.
    private mutating func admit(
        _ user: ProvenUser, by pathway: Pathway
    ) async throws(RefusedAttempt) -> HandshakeIdentity? {
        let moment = Moment(
            policy: self.runtime.policy, now: self.runtime.clock.now(), user: user, context: user.evaluationContext)
        let cohort = moment.policy.cohort(of: moment.context, at: moment.now)
        // By their bytes: texts that look alike may be the ids of two users.
        guard self.passedOver.allSatisfy({ $0.userID?.utf8.elementsEqual(user.id.utf8) != false }) else {
            throw RefusedAttempt(.identityConflict, cohort: cohort)
        }
        guard await self.isOpen(pathway, at: moment) else {
            return self.passOver(
                RefusedAttempt(.pathwayOff(use: moment.alternative), cohort: cohort), by: pathway, proving: user.id)
        }
        return HandshakeIdentity(user, by: pathway, revision: moment.policy.revision, cohort: cohort)
    }

    private func isOpen(_ pathway: Pathway, at moment: Moment) async -> Bool {
        if self.outage == nil, moment.policy.isEnabled(pathway, for: moment.context, at: moment.now) { return true }
        guard pathway == .subprotocol, moment.policy.hasFallback(for: moment.context, at: moment.now) else {
            return false
        }
        if self.outage != nil || !moment.servesTickets { return true }
        return await self.runtime.isStoreAway()
    }

    private var comesFromAllowedPage: Bool {
        let hosts = self.handshake.values(of: "host")
        return self.runtime.configuration.allowedOrigins.allowsAmbient(
            self.handshake.origin, host: hosts.count == 1 ? hosts[0] : nil)
    }

    /// Takes note of a credential that does not count, and goes on.
    private mutating func passOver(
        _ attempt: RefusedAttempt, by pathway: Pathway, proving userID: String? = nil
    ) -> HandshakeIdentity? {
        self.passedOver.append(Miss(pathway: pathway, attempt: attempt, userID: userID))
        return nil
    }

    /// Counts and logs a credential that did not let its user in.
    private func count(_ operation: TicketOperation, _ miss: Miss, cohort: TicketCohort) {
        let refusal = miss.attempt.refusal
        self.runtime.telemetry.count(operation, pathway: miss.pathway, cohort: cohort, refusal: refusal.reason)
        if self.runtime.logger.logLevel <= .info {
            self.runtime.logger.info(
                operation == .passOver ? "credential passed over" : "credential refused",
                metadata: [
                    TicketLogKey.reason: "\(refusal.slug)", TicketLogKey.pathway: "\(miss.pathway.rawValue)",
                ])
        }
    }
}
