import FlagModel
import Logging

extension Engine {
    /// What is counted in this process, with what the service hands in.
    func counts() -> TelemetryCounts {
        var counts = self.configuration.telemetry?() ?? TelemetryCounts()
        counts.counters += self.live.counters.counters
        return counts
    }

    /// The counts as a report says them; nil: there are none.
    func telemetryReport() -> TelemetryReport? {
        let counts = self.counts()
        guard !counts.isEmpty else { return nil }
        self.reportedCounts = counts
        return TelemetryReport(
            start: self.start, ageMilliseconds: (self.time.now() - self.startedAt).milliseconds, counts: counts)
    }

    /// Looks at the counts from now on: something was counted for the first time.
    nonisolated func watchCounts() {
        Task { await self.beginWatchingCounts() }
    }

    private func beginWatchingCounts() {
        guard self.telemetryDue == nil else { return }
        self.telemetryDue = self.time.now()
        self.arm()
    }

    /// Reports what has been counted since the last report, if it is time.
    func checkTelemetry() {
        let now = self.time.now()
        guard let due = self.telemetryDue, now >= due else { return }
        self.telemetryDue = now + self.telemetryInterval
        self.complainOfDroppedCounts()
        guard self.live.readiness.isConfirmed, self.counts() != self.reportedCounts else { return }
        self.reportNow()
    }

    private func complainOfDroppedCounts() {
        guard self.live.counters.hasDropped, self.complaints["counters"] == nil else { return }
        self.complaints["counters"] = "dropped"
        self.logger.warning(
            "some attempts are not counted: their names are not 1 to 100 characters of A-Z a-z 0-9 . _ -, or too many")
    }
}
