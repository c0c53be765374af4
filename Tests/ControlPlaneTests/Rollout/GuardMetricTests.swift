import ControlPlane
import FlagModel
import Testing

@Suite("What guards count")
struct GuardMetricTests {
    private typealias Attempts = TelemetryCounts.Attempts

    /// What a metric counts of a rollout that stands at a step of 25 %, or at its last one of 100 %.
    private static func counts(
        _ metric: GuardMetric, of counts: TelemetryCounts, flag: FlagKey = Fixture.tickets, steps: String = "25%:1h",
        atStep step: Int = 0
    ) throws -> GuardCounts {
        let telemetry = FleetTelemetry { .seconds(10) }
        telemetry.add(TelemetryReport(start: "s", ageMilliseconds: 0, counts: counts), from: "a", in: "development")
        var plan = RolloutBench.plan(steps)
        plan.flag = flag
        var machine = RolloutMachine(plan)
        _ = try machine.handle(.started, at: Self.now)
        _ = try machine.handle(.stepApplied(revision: 2), at: Self.now)
        for next in 0..<step {
            _ = try machine.handle(.converged(revision: Int64(next + 2)), at: Self.now)
            _ = try machine.handle(.command(.promote(full: false)), at: Self.now)
            _ = try machine.handle(.stepApplied(revision: Int64(next + 3)), at: Self.now)
        }
        let record = RolloutRecord(
            id: 1, environment: "development", author: "rosa", reason: "why", createdAt: Self.now,
            updatedAt: Self.now, machine: machine)
        return telemetry.counts(of: metric, for: record)
    }

    private static let now = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)

    private static func counts(_ attempts: Int64, _ failures: Int64, _ rest: Int64 = 0, _ restFailures: Int64 = 0)
        -> GuardCounts
    {
        GuardCounts(
            cohort: Tally(attempts: attempts, failures: failures),
            rest: Tally(attempts: rest, failures: restFailures))
    }

    private static let authentications = TelemetryCounts(attempts: [
        Attempts(operation: "consume", pathway: "ticket", cohort: .rollout, count: 90),
        Attempts(operation: "consume", pathway: "ticket", cohort: .rollout, refusal: "binding-mismatch", count: 4),
        Attempts(operation: "issue", pathway: "ticket", cohort: .rollout, count: 100),
        Attempts(operation: "issue", pathway: "ticket", cohort: .rollout, refusal: "store-unavailable", count: 6),
        Attempts(operation: "issue", pathway: "ticket", cohort: .control, refusal: "tickets-off", count: 1000),
        Attempts(operation: "authenticate", pathway: "ticket", cohort: .rollout, count: 90),
        Attempts(operation: "authenticate", pathway: "cookie", cohort: .control, count: 300),
        Attempts(
            operation: "authenticate", pathway: "cookie", cohort: .control, refusal: "credential-invalid", count: 2),
    ])

    @Test("An authentication is a ticket presented or not to be had, or another pathway tried, each once")
    func authentication() throws {
        #expect(
            try Self.counts(.authenticationFailures, of: Self.authentications) == Self.counts(100, 10, 302, 2))
    }

    @Test("Garbage belongs to nobody, nor do replays: it neither adds failures nor hides them")
    func garbage() throws {
        var counts = Self.authentications
        for refusal in ["ticket-unknown-or-expired", "ticket-replayed", "origin-not-allowed", "store-unavailable"] {
            counts.attempts.append(
                Attempts(operation: "consume", pathway: "ticket", cohort: .unknown, refusal: refusal, count: 1_000_000))
        }
        counts.attempts.append(
            Attempts(
                operation: "authenticate", pathway: "cookie", cohort: .unknown, refusal: "credential-invalid",
                count: 1_000_000))
        #expect(
            try Self.counts(.authenticationFailures, of: counts)
                == Self.counts(.authenticationFailures, of: Self.authentications))
    }

    @Test("What was passed over decides nothing, but a ticket that was for want of the store is a fallback")
    func passedOver() throws {
        var counts = Self.authentications
        for pathway in ["ticket", "subprotocol", "cookie"] {
            for cohort: Cohort in [.rollout, .control] {
                counts.attempts += ["store-unavailable", "credential-invalid"].map {
                    Attempts(operation: "pass-over", pathway: pathway, cohort: cohort, refusal: $0, count: 8)
                }
            }
        }
        #expect(
            try Self.counts(.authenticationFailures, of: counts)
                == Self.counts(.authenticationFailures, of: Self.authentications))
        #expect(try Self.counts(.fallbacks, of: Self.authentications) == Self.counts(106, 6))
        #expect(try Self.counts(.fallbacks, of: counts) == Self.counts(114, 14, 8, 8))
    }

    @Test("Whom a rule chose is on neither side")
    func targeted() throws {
        var counts = Self.authentications
        counts.attempts.append(
            Attempts(operation: "consume", pathway: "ticket", cohort: .targeted, refusal: "ticket-revoked", count: 50))
        #expect(
            try Self.counts(.authenticationFailures, of: counts)
                == Self.counts(.authenticationFailures, of: Self.authentications))
    }

    @Test("At the step that takes in everyone there is no rest, whoever is left over")
    func everyone() throws {
        #expect(
            try Self.counts(.authenticationFailures, of: Self.authentications, steps: "25%:1h,100%", atStep: 1)
                == Self.counts(100, 10))
    }

    @Test("Where a share falls, those who are out are the ones concerned")
    func falling() throws {
        #expect(
            try Self.counts(.authenticationFailures, of: Self.authentications, steps: "50%:1h,0%")
                == Self.counts(302, 2, 100, 10))
        #expect(
            try Self.counts(.authenticationFailures, of: Self.authentications, steps: "50%:1h,0%", atStep: 1)
                == Self.counts(302, 2))
    }

    @Test("Who asks for a ticket and cannot have it falls back; who is not to have one does not")
    func fallbacks() throws {
        #expect(try Self.counts(.fallbacks, of: Self.authentications) == Self.counts(106, 6))
    }

    @Test("A replay is counted against those who have tickets")
    func replays() throws {
        var counts = Self.authentications
        counts.attempts.append(
            Attempts(operation: "consume", pathway: "ticket", cohort: .unknown, refusal: "ticket-replayed", count: 3))
        #expect(try Self.counts(.replays, of: counts) == Self.counts(93, 3))
    }

    @Test("Slow is what fell into a bucket above the bound")
    func slow() throws {
        var buckets = Array(repeating: Int64(0), count: LatencyBuckets.count)
        (buckets[0], buckets[8], buckets[9], buckets[12]) = (100, 10, 5, 1)
        let counts = TelemetryCounts(latencies: [
            .init(operation: "issue", cohort: .rollout, buckets: buckets, sumMicroseconds: 0),
            .init(operation: "consume", cohort: .everyone, buckets: buckets, sumMicroseconds: 0),
        ])
        let bound = try #require(LatencyBound("250ms"))
        #expect(try Self.counts(.ticketIssuanceSlow(than: bound), of: counts) == Self.counts(116, 6))
        let half = try #require(LatencyBound("0.5ms"))
        #expect(try Self.counts(.ticketConsumptionSlow(than: half), of: counts) == Self.counts(116, 16))
    }

    @Test("A counter counts for the rollout of its own flag")
    func counter() throws {
        let counts = TelemetryCounts(counters: [
            .init(name: "checkout", flag: "NEW", cohort: .rollout, attempts: 20, failures: 3),
            .init(name: "checkout", flag: "NEW", cohort: .control, attempts: 80, failures: 1),
            .init(name: "checkout", flag: "OTHER", cohort: .rollout, attempts: 5, failures: 5),
            .init(name: "search", flag: "NEW", cohort: .rollout, attempts: 7, failures: 7),
        ])
        #expect(try Self.counts(.counter("checkout"), of: counts, flag: "NEW") == Self.counts(20, 3, 80, 1))
    }
}
