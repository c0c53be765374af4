internal import ServiceLifecycle

extension ServerParts {
    /// What runs while the server does.
    var services: [any Service] {
        self.tickets.services + [
            FleetService(fleet: self.fleet, logger: self.logger), TelemetryService(telemetry: self.telemetry),
            self.queries, RolloutService(engine: self.rollouts, logger: self.logger),
            ScheduleService(engine: self.schedules, logger: self.logger),
            WebhookService(plane: self.plane, sender: self.webhooks, logger: self.logger),
            PathwayUsageService(usage: self.usage, logger: self.logger),
        ]
    }
}
