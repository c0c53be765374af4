import FlagAPI
import FlagModel
import NIOHTTP1

/// Looks at a rollout a few times a second and keeps what the server says of it, for the picture.
struct Recorder {
    private let stage: Stage
    private let rollout: Int64
    private let start = ContinuousClock.now
    private(set) var samples: [Sample] = []

    /// A recorder of a rollout that has just been started.
    init(_ rollout: Int64, on stage: Stage) {
        self.rollout = rollout
        self.stage = stage
    }

    /// Seconds since the recording began.
    var time: Double { (ContinuousClock.now - self.start) / .seconds(1) }

    /// Looks until the rollout is over and `moments` after, telling each sample to `observe`.
    mutating func run(andAfter moments: Int, observe: (Sample) -> Void) async throws {
        var left = moments
        while left > 0 {
            let answer = try await self.stage.request(
                .GET, "/v1/environments/\(Stage.environment)/rollouts/\(self.rollout)")
            guard answer.status == 200 else {
                throw DemoError("the server does not tell of rollout \(self.rollout): \(answer.json.canonical)")
            }
            let detail = try WireDecoder(unknownMembers: .ignore).decode(RolloutDetail.self, from: answer.json)
            let sample = Sample(detail, at: self.time)
            self.samples.append(sample)
            observe(sample)
            if detail.summary.state.isOver { left -= 1 }
            guard !detail.summary.state.isStill else {
                throw DemoError("rollout \(self.rollout) stands still: \(detail.summary.cause?.detail ?? "")")
            }
            try await Task.sleep(for: .milliseconds(250))
        }
    }
}

extension Sample {
    /// What a rollout's detail says of its first guard.
    init(_ detail: RolloutDetail, at time: Double) {
        let evidence = detail.guards.first?.evidence
        self.init(
            time: time, percentage: detail.summary.percentage ?? 0, phase: detail.summary.state.rawValue,
            cohort: Self.ratio(evidence?["cohort"]), rest: Self.ratio(evidence?["rest"]), bounds: nil)
        if let lower = evidence?["lower"]?.doubleValue, let upper = evidence?["upper"]?.doubleValue, lower <= upper {
            self.bounds = lower...upper
        }
    }

    private static func ratio(_ tally: JSONValue?) -> Double? {
        guard let attempts = tally?["attempts"]?.doubleValue, attempts > 0,
            let failures = tally?["failures"]?.doubleValue
        else { return nil }
        return failures / attempts
    }
}
