internal import ControlPlane
internal import Logging
internal import ServiceLifecycle

/// Tells webhooks what happened: one event at a time to each, in order, and to all of them at once.
struct WebhookService: Service {
    /// How long an event waits at most before somebody looks.
    static let interval = Duration.milliseconds(250)
    /// How long a webhook is left alone when what came of an event cannot be noted.
    static let pause = Duration.seconds(10)

    let plane: ControlPlane
    let sender: WebhookSender
    let logger: Logger
    private let desk = WebhookDesk()

    init(plane: ControlPlane, sender: WebhookSender, logger: Logger) {
        self.plane = plane
        self.sender = sender
        self.logger = logger
    }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            for await _ in AsyncStream.ticks(every: Self.interval).cancelOnGracefulShutdown() {
                for due in await self.due() where self.desk.begin(due.webhook) {
                    self.logDropped(self.desk.newlyDropped(of: due.webhook), due.webhook)
                    group.addTask {
                        await self.tell(due.webhook)
                        self.desk.end(due.webhook)
                    }
                }
            }
            // What is cut off here was not noted as told, and is told after the next start.
            group.cancelAll()
        }
    }

    /// Tells a webhook one event after the other, as long as it takes them. What is due is read anew each time: it may have
    /// been told since somebody saw it.
    private func tell(_ webhook: Webhook) async {
        while !Task.isCancelled, let due = await self.due().first(where: { $0.webhook.id == webhook.id }) {
            let attempt = await self.sender.send(id: due.delivery.eventID, body: due.delivery.body, to: due.webhook)
            guard !Task.isCancelled || attempt.isDelivered else { return }
            do throws(ControlPlaneError) {
                let after = try await self.plane.record(attempt, of: due, jitter: Double.random(in: 0...1))
                if let after { self.log(after, due.webhook) }
                guard after?.state != .waiting else { return }
            } catch {
                self.logger.error(
                    "what came of a webhook's event cannot be noted; it is told again",
                    metadata: [LogKey.webhook: "\(webhook.name)", LogKey.error: "\(error)"])
                // Not again at once: the receiver may have it. Being cancelled ends the pause.
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private func due() async -> [DueDelivery] {
        do throws(ControlPlaneError) {
            let due = try await self.plane.dueDeliveries()
            self.desk.note(isFailing: false)
            return due
        } catch {
            if self.desk.note(isFailing: true) {
                self.logger.error(
                    "webhooks cannot be told: the events cannot be read", metadata: [LogKey.error: "\(error)"])
            }
            return []
        }
    }

    private func logDropped(_ count: Int64, _ webhook: Webhook) {
        guard count > 0 else { return }
        self.logger.error(
            "too many events waited for a webhook: the oldest were dropped",
            metadata: [LogKey.webhook: "\(webhook.name)", LogKey.dropped: "\(count)"])
    }

    private func log(_ delivery: WebhookDelivery, _ webhook: Webhook) {
        var metadata: Logger.Metadata = [LogKey.webhook: "\(webhook.name)", LogKey.event: "\(delivery.eventID)"]
        if let attempt = delivery.lastAttempt, !attempt.isDelivered {
            metadata[LogKey.error] = "\(attempt.failure ?? "answered with \(attempt.status ?? 0)")"
        }
        switch delivery.state {
        case .failed: self.logger.error("a webhook was not told an event for a day: given up", metadata: metadata)
        case .waiting where delivery.attempts == 1:
            self.logger.warning("a webhook cannot be told an event; it is tried again", metadata: metadata)
        case .waiting, .delivered, .dropped: self.logger.debug("a webhook was told", metadata: metadata)
        }
    }
}
