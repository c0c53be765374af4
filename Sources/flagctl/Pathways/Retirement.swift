import FlagAPI
import FlagModel

/// How a pathway is closed for good: a rollout that leaves its flag as it is until nobody has come in by it for long
/// enough, and then takes it to nobody.
struct Retirement: Sendable {
    /// How long the first step is held at least, in seconds: until the server has looked at the evidence.
    private static let hold: Int64 = 60
    /// How long the rollout waits for evidence before a person is asked, in seconds.
    private static let patience: Int64 = 30 * 86_400

    private let pathway: PathwaySummary
    private let variant: String
    /// From whom it goes, and to whom, of the variant.
    private let shares: (first: Percentage, last: Percentage)
    private let idle: Int64

    /// Plans it.
    ///
    /// - Parameters:
    ///   - flag: What the pathway's flag is.
    ///   - idle: For how long nobody may have come in, in seconds.
    /// - Throws: ``Failure`` when it is closed already, or closing it is not a matter of its percentage.
    init(of pathway: PathwaySummary, flag: FlagDefinition, whenIdleFor idle: Int64) throws(Failure) {
        self.pathway = pathway
        self.idle = idle
        guard pathway.reach != .nobody else {
            throw Failure(
                .invalid, "pathway-closed", "\(pathway.pathway) lets nobody in already: \(pathway.flag) is off")
        }
        guard flag.targeting == nil else {
            throw Failure(
                .invalid, "pathway-targeted",
                "the targeting of \(pathway.flag) lets users in whatever its percentage; take it away first")
        }
        if let variant = flag.defaultVariant, flag.variants[variant] == true {
            // On by default: what is rolled out is the way to be off.
            guard let off = flag.variants.filter({ $0.value == false }).keys.min() else {
                throw Failure(.invalid, "pathway-always-on", "\(pathway.flag) has no variant that is off")
            }
            let isUnderWay = flag.rollout?.variant == off
            self.variant = off
            self.shares = (isUnderWay ? flag.rollout?.percentage ?? .zero : .zero, .full)
        } else {
            guard let rollout = flag.rollout, flag.variants[rollout.variant] == true else {
                throw Failure(
                    .invalid, "pathway-closed", "\(pathway.pathway) is open by no percentage of \(pathway.flag)")
            }
            self.variant = rollout.variant
            self.shares = (rollout.percentage, .zero)
        }
    }

    /// The plan.
    var plan: JSONValue {
        [
            "flag": .string(self.pathway.flag.text), "variant": .string(self.variant),
            "steps": [
                ["percentage": self.shares.first.json, "hold": .string(Duration.text(seconds: Self.hold))],
                ["percentage": self.shares.last.json],
            ],
            "guards": [
                [
                    "metric": .string("idle/\(self.pathway.pathway)"),
                    "for": .string(Duration.text(seconds: self.idle)),
                ]
            ],
            "undecidedAfter": .string(Duration.text(seconds: Self.patience)),
        ]
    }
}
