internal import FlagModel
internal import PrometheusMetrics

/// Every metric that the server has. docs/metrics.md says more of each.
enum ServerMetric {
    // Counted as it happens.
    static let requests = MetricDescription(
        "signalbox_http_requests_total", .counter, "Requests answered, by method, route and class of status.")
    static let requestDuration = MetricDescription(
        "signalbox_http_request_duration_seconds", .histogram,
        "Time from a request's head to the beginning of its answer, by method and route.")
    static let transactionDuration = MetricDescription(
        "signalbox_storage_transaction_duration_seconds", .histogram,
        "Time that a transaction took to be durable, waiting for its turn included.")
    static let commits = MetricDescription(
        "signalbox_commits_total", .counter, "Revisions made since the server started, by environment.")

    // Looked up when somebody asks.
    static let build = MetricDescription(
        "signalbox_build_info", .gauge, "Always 1; the labels say which versions run.")
    static let startTime = MetricDescription(
        "process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
    static let revision = MetricDescription("signalbox_revision", .gauge, "The revision in force, by environment.")
    static let streams = MetricDescription(
        "signalbox_streams_open", .gauge, "Event streams that are open, by environment and what they tell.")
    static let instances = MetricDescription(
        "signalbox_instances", .gauge, "Instances known, by environment and how they stand to the revision in force.")
    static let converged = MetricDescription(
        "signalbox_converged", .gauge, "1 when every live instance has the revision in force, else 0, by environment.")
    static let rollouts = MetricDescription(
        "signalbox_rollouts", .gauge, "Rollouts that have not ended, by environment and phase.")
    static let ticketOperations = MetricDescription(
        "signalbox_ticket_operations_total", .counter,
        "Attempts of this server's and all instances' tickets and credentials, by how they ended.")
    static let ticketDuration = MetricDescription(
        "signalbox_ticket_operation_duration_seconds", .histogram,
        "Time that issuing and consuming a ticket took, for those that asked the store.",
        bounds: LatencyBuckets.bounds.map { Double($0) / 1_000_000 })
    static let counters = MetricDescription(
        "signalbox_counter_attempts_total", .counter, "Attempts that services counted themselves, by how they ended.")
    static let droppedSeries = MetricDescription(
        "signalbox_telemetry_dropped_total", .counter,
        "Counts of instances that were not taken, as an environment had too many series.")
    static let storeUp = MetricDescription(
        "signalbox_ticket_store_up", .gauge, "1 when the ticket store answers, else 0.")
    static let breakerOpen = MetricDescription(
        "signalbox_ticket_store_breaker_open", .gauge,
        "1 while callers are refused without asking the ticket store, else 0.")

    /// All of them.
    static let all = [
        Self.requests, Self.requestDuration, Self.transactionDuration, Self.commits, Self.build, Self.startTime,
        Self.revision, Self.streams, Self.instances, Self.converged, Self.rollouts, Self.ticketOperations,
        Self.ticketDuration, Self.counters, Self.droppedSeries, Self.storeUp, Self.breakerOpen,
    ]
}
