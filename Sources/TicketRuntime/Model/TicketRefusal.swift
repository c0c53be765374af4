/// Why something was refused, with what the caller needs in order to go on.
///
/// Whoever presents a ticket gets the same answer to all refusals of a consumption; the reason is for telemetry, and for
/// backends that consume on behalf of others. No refusal contains a ticket or anything about its owner.
public enum TicketRefusal: Error, Sendable, Hashable {
    /// Tickets are off for the user, who may use the named pathway instead.
    case ticketsOff(use: Pathway?)
    /// The user is not sufficiently known; the text says what is missing.
    case subjectIncomplete(String)
    /// The ticket was used before: when, and by which instance.
    case replayed(SpentTicket)
    /// There is no such ticket, or it has ended.
    case unknownOrExpired
    /// The store has failed over since the ticket was issued. Ask for a new one.
    case otherEpoch
    /// The ticket was revoked: by its owner, with all of its owner's, or with all issued before an instant.
    case revoked
    /// The ticket came from another origin or address than it was issued to, or tickets are bound to addresses and the
    /// address that asks for one is not known. **The attempt has consumed it**: the store
    /// decides and hands out the record in one step, and what a thief has shown once is not good a second time.
    case bindingMismatch
    /// The page's origin is not on the allow-list. The ticket was not touched.
    case originNotAllowed
    /// The ticket store cannot be used. Try again after so many seconds, or use the named pathway.
    case storeUnavailable(retryAfterSeconds: Int64, use: Pathway?)
    /// The store was asked to consume the ticket and its answer is unknown. Ask for a new one; this one is never retried.
    case outcomeIndeterminate
    /// No random bytes can be had, so no ticket was made.
    case randomUnavailable
    /// The handshake cannot be understood in one way only; the text says what of it.
    case handshakeMalformed(String)
    /// The handshake holds no credential.
    case credentialMissing
    /// The credential proves nobody; the text says why, and quotes nothing of it.
    case credentialInvalid(String)
    /// The pathway is off for the user, who may use the named one instead, or for everyone.
    case pathwayOff(use: Pathway?)
    /// The handshake's credentials prove different users.
    case identityConflict
    /// Who the user is cannot be found out at present: the session store, or what verifies JWTs, is away.
    case verificationUnavailable(retryAfterSeconds: Int64)
    /// No snapshot was applied yet, so that it is not known which pathways are open and which tickets were revoked. Nothing
    /// was consumed. Try again after so many seconds.
    case notReady(retryAfterSeconds: Int64)
}

extension TicketRefusal {
    /// The reason without its particulars.
    public var reason: TicketRefusalReason {
        switch self {
        case .ticketsOff: .ticketsOff
        case .subjectIncomplete: .subjectIncomplete
        case .replayed: .replayed
        case .unknownOrExpired: .unknownOrExpired
        case .otherEpoch: .otherEpoch
        case .revoked: .revoked
        case .bindingMismatch: .bindingMismatch
        case .originNotAllowed: .originNotAllowed
        case .storeUnavailable: .storeUnavailable
        case .outcomeIndeterminate: .outcomeIndeterminate
        case .randomUnavailable: .randomUnavailable
        case .handshakeMalformed: .handshakeMalformed
        case .credentialMissing: .credentialMissing
        case .credentialInvalid: .credentialInvalid
        case .pathwayOff: .pathwayOff
        case .identityConflict: .identityConflict
        case .verificationUnavailable: .verificationUnavailable
        case .notReady: .notReady
        }
    }

    /// The reason's slug.
    public var slug: String { self.reason.rawValue }

    /// The pathway to use instead, when there is one.
    public var pathway: Pathway? {
        switch self {
        case .ticketsOff(let pathway), .storeUnavailable(_, let pathway), .pathwayOff(let pathway): pathway
        default: nil
        }
    }

    /// After how many seconds it is worth trying again, when waiting helps.
    public var retryAfterSeconds: Int64? {
        switch self {
        case .storeUnavailable(let seconds, _), .verificationUnavailable(let seconds), .notReady(let seconds): seconds
        default: nil
        }
    }
}

extension TicketRefusal: CustomStringConvertible {
    /// What happened and what to do.
    public var description: String {
        switch self {
        case .ticketsOff(let pathway):
            "Tickets are off here for this user; " + Self.advice(pathway)
        case .subjectIncomplete(let what):
            "A ticket needs a user id and an e-mail address: \(what)."
        case .replayed(let use):
            "The ticket was used before, at \(use.at) by \(use.instance). Ask for a new one."
        case .unknownOrExpired:
            "There is no such ticket, or it has ended. Ask for a new one."
        case .otherEpoch:
            "The ticket store has failed over since the ticket was issued. Ask for a new one."
        case .revoked:
            "The ticket was revoked."
        case .bindingMismatch:
            "Tickets are bound to where they were issued to, and this is elsewhere, or the client's address is not known. "
                + "A ticket that was shown is spent now; ask for a new one."
        case .originNotAllowed:
            "Pages of this origin may not connect here."
        case .storeUnavailable(let seconds, let pathway):
            "The ticket store cannot be used at present. Try again in \(seconds) s"
                + (pathway.map { ", or authenticate by \($0.rawValue)." } ?? ".")
        case .outcomeIndeterminate:
            "Whether the ticket was consumed cannot be known. Ask for a new one."
        case .randomUnavailable:
            "No random bytes can be had, so no ticket was made. Check that getrandom(2) works on this machine."
        case .handshakeMalformed(let what):
            "The handshake cannot be understood: \(what)."
        case .credentialMissing:
            "The handshake holds no credential. Ask for a ticket and connect with it."
        case .credentialInvalid(let why):
            "The credential proves nobody: \(why)"
        case .pathwayOff(let pathway):
            "The pathway of the credential is off; " + Self.advice(pathway)
        case .identityConflict:
            "The handshake's credentials prove different users. Send those of one user only."
        case .verificationUnavailable(let seconds):
            "Who the user is cannot be found out at present. Try again in \(seconds) s."
        case .notReady(let seconds):
            "No revision of the flags is in force here yet. Try again in \(seconds) s."
        }
    }

    private static func advice(_ pathway: Pathway?) -> String {
        pathway.map { "authenticate by \($0.rawValue)." } ?? "and no other pathway is open to this user."
    }
}
