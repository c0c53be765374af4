internal import HTTPTypes

/// The kinds of problems: what programs may branch on, and the HTTP status of each.
enum ProblemKind: String, CaseIterable, Sendable {
    // Requests that cannot be understood.
    case requestMalformed = "request-malformed"
    case requestInvalid = "request-invalid"
    case bodyTooLarge = "body-too-large"
    case headersTooLarge = "headers-too-large"
    case requestTimeout = "request-timeout"
    case unsupportedMediaType = "unsupported-media-type"
    case routeNotFound = "route-not-found"
    case methodNotAllowed = "method-not-allowed"

    // Who asks.
    case tokenInvalid = "token-invalid"
    case roleForbidden = "role-forbidden"
    case environmentForbidden = "environment-forbidden"
    case jwtInvalid = "jwt-invalid"

    // Flags.
    case unknownEnvironment = "unknown-environment"
    case unknownFlag = "unknown-flag"
    case unknownSegment = "unknown-segment"
    case inUse = "in-use"
    case unknownRevision = "unknown-revision"
    case conflict
    case invariantViolated = "invariant-violated"
    case reasonMissing = "reason-missing"
    case nothingToRollBackTo = "nothing-to-roll-back-to"
    case unknownToken = "unknown-token"
    case tokenNameTaken = "token-name-taken"
    case unknownRollout = "unknown-rollout"
    case rolloutRefused = "rollout-refused"
    case environmentFrozen = "environment-frozen"
    case unknownWebhook = "unknown-webhook"
    case webhookNameTaken = "webhook-name-taken"
    case unknownSchedule = "unknown-schedule"
    case scheduleRefused = "schedule-refused"
    case unknownReview = "unknown-review"
    case reviewRefused = "review-refused"

    // Instances.
    case unknownInstance = "unknown-instance"
    case instanceIDTaken = "instance-id-taken"
    case tooManyInstances = "too-many-instances"

    // Tickets.
    case ticketsOff = "tickets-off"
    case ticketReplayed = "ticket-replayed"
    case ticketUnknownOrExpired = "ticket-unknown-or-expired"
    case ticketNotYours = "ticket-not-yours"
    case bindingMismatch = "binding-mismatch"
    case originNotAllowed = "origin-not-allowed"
    case ticketStoreUnavailable = "ticket-store-unavailable"
    case outcomeIndeterminate = "outcome-indeterminate"

    // Handshakes.
    case handshakeMalformed = "handshake-malformed"
    case credentialMissing = "credential-missing"
    case credentialInvalid = "credential-invalid"
    case pathwayOff = "pathway-off"
    case identityConflict = "identity-conflict"
    case verificationUnavailable = "verification-unavailable"

    // The server.
    case storageUnavailable = "storage-unavailable"
    case notReady = "not-ready"
    case shuttingDown = "shutting-down"
    case answerTimeout = "answer-timeout"
    case `internal`

    /// The HTTP status.
    var status: HTTPResponse.Status {
        switch self {
        case .requestMalformed: .badRequest
        case .tokenInvalid, .jwtInvalid: .unauthorized
        // Not 401, which is about the access token of the backend that asks.
        case .roleForbidden, .environmentForbidden, .ticketsOff, .ticketNotYours, .bindingMismatch, .originNotAllowed,
            .credentialMissing, .credentialInvalid, .pathwayOff, .identityConflict:
            .forbidden
        case .routeNotFound, .unknownEnvironment, .unknownFlag, .unknownSegment, .unknownRevision, .unknownToken,
            .unknownInstance, .unknownRollout, .unknownReview, .unknownWebhook, .unknownSchedule:
            .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .requestTimeout: .requestTimeout
        case .conflict, .inUse, .nothingToRollBackTo, .tokenNameTaken, .ticketReplayed, .instanceIDTaken,
            .rolloutRefused, .reviewRefused, .webhookNameTaken,
            .scheduleRefused:
            .conflict
        case .ticketUnknownOrExpired: .gone
        case .environmentFrozen: HTTPResponse.Status(code: 423, reasonPhrase: "Locked")
        case .tooManyInstances: .tooManyRequests
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .requestInvalid, .invariantViolated, .reasonMissing, .handshakeMalformed: .unprocessableContent
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .internal: .internalServerError
        case .ticketStoreUnavailable, .outcomeIndeterminate, .verificationUnavailable, .storageUnavailable, .notReady,
            .shuttingDown, .answerTimeout:
            .serviceUnavailable
        }
    }

    /// The kind in words.
    var title: String {
        switch self {
        case .requestMalformed: "The request is not well-formed"
        case .requestInvalid: "The request's content is not valid"
        case .bodyTooLarge: "The request's body is too large"
        case .headersTooLarge: "The request's header fields are too large"
        case .requestTimeout: "The request took too long to arrive"
        case .unsupportedMediaType: "The request's content type is not supported"
        case .routeNotFound: "There is nothing at this path"
        case .methodNotAllowed: "The method is not possible at this path"
        case .tokenInvalid: "No valid access token"
        case .roleForbidden: "The token's role does not allow this"
        case .environmentForbidden: "The token is not good for this environment"
        case .jwtInvalid: "No valid JWT"
        case .unknownEnvironment: "There is no such environment"
        case .unknownFlag: "There is no such flag"
        case .unknownSegment: "There is no such segment"
        case .inUse: "It is still in use"
        case .unknownRevision: "There is no such revision"
        case .conflict: "Another revision is in force"
        case .invariantViolated: "The change would break an invariant"
        case .reasonMissing: "A reason is needed"
        case .nothingToRollBackTo: "There is nothing to roll back to"
        case .unknownToken: "There is no such token"
        case .tokenNameTaken: "The token's name is taken"
        case .unknownRollout: "There is no such rollout"
        case .rolloutRefused: "The rollout does not allow this now"
        case .environmentFrozen: "The environment is frozen"
        case .unknownWebhook: "There is no such webhook"
        case .webhookNameTaken: "The webhook's name is taken"
        case .unknownSchedule: "There is no such scheduled change"
        case .scheduleRefused: "The scheduled change waits no more"
        case .unknownReview: "There is no such review"
        case .reviewRefused: "The review cannot be closed like that"
        case .unknownInstance: "There is no such instance"
        case .instanceIDTaken: "The instance's id is taken"
        case .tooManyInstances: "There are too many instances"
        case .ticketsOff: "No tickets for this user"
        case .ticketReplayed: "The ticket was used before"
        case .ticketUnknownOrExpired: "The ticket is unknown, expired or revoked"
        case .ticketNotYours: "The ticket is another user's"
        case .bindingMismatch: "The ticket is bound to another client"
        case .handshakeMalformed: "The handshake cannot be understood"
        case .credentialMissing: "The handshake holds no credential"
        case .credentialInvalid: "The credential proves nobody"
        case .pathwayOff: "The pathway is off"
        case .identityConflict: "The credentials prove different users"
        case .verificationUnavailable: "The credential cannot be verified at present"
        case .originNotAllowed: "The origin may not use tickets"
        case .ticketStoreUnavailable: "Tickets are unavailable"
        case .outcomeIndeterminate: "The outcome cannot be known"
        case .storageUnavailable: "The database is unavailable"
        case .notReady: "The server is not ready"
        case .shuttingDown: "The server is shutting down"
        case .answerTimeout: "The answer took too long"
        case .internal: "Something went wrong in the server"
        }
    }
}
