/// All that is stored of a flag: the OpenFeature/flagd definition and what a control plane adds to it.
///
/// A definition that exists is valid in itself: ``init(json:at:)`` reports every fault of a document at once.
public struct FlagDefinition: Sendable {
    /// The type that every variant has.
    public var type: FlagType
    /// Whether the flag answers.
    public var state: FlagState
    /// Whether the flag was killed: it serves ``effectiveSafeVariant`` whatever else it says, until it is enabled.
    public var isKilled: Bool
    /// What the flag is for, for people.
    public var description: String
    /// Who answers for the flag.
    public var owner: String
    /// The values that the flag may serve, by name. At least one.
    public var variants: [String: JSONValue]
    /// The variant served when nothing else decides; nil: the caller's default.
    public var defaultVariant: String?
    /// The variant that a kill, a failed guard or a stale instance falls back to; nil: the default variant.
    public var safeVariant: String?
    /// What an instance serves that hears nothing.
    public var onStale: StalePolicy
    /// What other flags must answer; while one does not, the flag serves its safe variant.
    public var prerequisites: [Prerequisite]
    /// The share of users that get another variant.
    public var rollout: Rollout?
    /// A JSONLogic rule whose result names a variant, or null to go on.
    public var targeting: JSONValue?
    /// Bounds of the values.
    public var constraints: Constraints
    /// Strings, numbers and booleans handed to callers with each evaluation.
    public var metadata: [String: JSONValue]

    /// A definition of the given parts. ``issues(at:)`` says whether they fit together.
    public init(
        type: FlagType, state: FlagState = .enabled, isKilled: Bool = false, description: String = "",
        owner: String = "", variants: [String: JSONValue], defaultVariant: String?, safeVariant: String? = nil,
        onStale: StalePolicy = .serveLastKnown, prerequisites: [Prerequisite] = [], rollout: Rollout? = nil,
        targeting: JSONValue? = nil,
        constraints: Constraints = Constraints(), metadata: [String: JSONValue] = [:]
    ) {
        self.type = type
        self.state = state
        self.isKilled = isKilled
        self.description = description
        self.owner = owner
        self.variants = variants
        self.defaultVariant = defaultVariant
        self.safeVariant = safeVariant
        self.onStale = onStale
        self.prerequisites = prerequisites
        self.rollout = rollout
        self.targeting = targeting
        self.constraints = constraints
        self.metadata = metadata
    }

    /// Whether the flag evaluates anything: it is enabled, and was not killed.
    public var isAnswering: Bool { self.state == .enabled && !self.isKilled }

    /// The variant that a kill serves: the safe one, else the default one.
    public var effectiveSafeVariant: String? { self.safeVariant ?? self.defaultVariant }
}
