import FlagAPI
import FlagModel

/// Follows an environment's event stream and shows every revision that lands, those included that the stream skipped.
struct EnvironmentWatcher: Sendable {
    /// How long a revision is followed to the instances before the next one is looked at. A newer one ends it at once.
    private static let patience: Duration = .seconds(30)
    /// The longest pause before the server is asked again.
    private static let longestPause: Duration = .seconds(10)
    /// How many revisions are shown one by one when many landed unseen.
    private static let shown: Int64 = 20

    let session: Session
    let api: APIClient
    let environment: EnvironmentName

    /// How far the watch has come.
    private struct Position {
        /// The revision that was shown last; nil: none yet.
        var revision: Int64?
        /// The id of the last event.
        var place: String?
        /// Why it does not go on.
        var failure: Failure?
        /// How often in a row the stream could not be read.
        var attempts = 0
    }

    /// Watches until the task is cancelled.
    ///
    /// - Throws: ``Failure`` when the server refuses, or the output cannot be written.
    func run() async throws(Failure) {
        var position = Position()
        while !Task.isCancelled {
            do throws(Failure) {
                try await self.api.followEnvironment(self.environment, after: position.place) { event in
                    await self.take(event, &position)
                }
            } catch {
                guard !Task.isCancelled else { return }
                guard position.revision != nil, error.problem.status == 0 || error.problem.status >= 500 else {
                    throw error
                }
                if position.attempts == 0 { self.session.note("\(error.line); trying again") }
                position.attempts += 1
            }
            if let failure = position.failure { throw failure }
            let pause: Duration = .milliseconds(250 << min(position.attempts, 6))
            await self.session.surroundings.sleep(min(pause, Self.longestPause))
        }
    }

    /// Takes in an event; false ends the stream.
    private func take(_ event: ServerSentEvent, _ position: inout Position) async -> Bool {
        position.attempts = 0
        position.place = event.id ?? position.place
        guard let revision = Self.revision(of: event) else { return true }
        do throws(Failure) {
            if let last = position.revision {
                // The stream may skip; the history does not.
                for number in max(last + 1, revision - Self.shown + 1)..<max(last + 1, revision + 1) {
                    try await self.show(number, isNewest: number == revision)
                }
            } else {
                try await self.begin(at: revision)
            }
            position.revision = max(position.revision ?? 0, revision)
            return true
        } catch {
            // The network's troubles are the stream's as well: it is opened again and the revision shown then.
            if error.problem.status > 0 && error.problem.status < 500 || error.problem.type == "output-not-written" {
                position.failure = error
            }
            position.place = nil
            return false
        }
    }

    private func begin(at revision: Int64) async throws(Failure) {
        let report = try await self.api.convergence(of: self.environment, on: revision)
        self.session.note("watching \(self.environment): \(report.sentence)")
    }

    private func show(_ number: Int64, isNewest: Bool) async throws(Failure) {
        var watched = WatchedRevision(
            revision: try await self.api.revision(number, of: self.environment),
            difference: try await self.api.difference(self.environment, from: number - 1, to: number).difference)
        let isForPeople = self.session.format == .table
        if isForPeople { try self.session.write(watched.heading(self.session.style)) }
        if isNewest {
            let wait = ConvergenceWait(
                session: self.session, api: self.api, environment: self.environment, revision: number)
            watched.convergence = try await wait.wait(Self.patience, isSilent: true)
        }
        if isForPeople {
            try self.session.write(watched.footing(self.session.style))
        } else {
            try self.session.write(try Session.json(watched).canonical + "\n")
        }
    }

    /// The revision that an event brings: a snapshot's own, or the one that a delta leads to.
    private static func revision(of event: ServerSentEvent) -> Int64? {
        guard let data = try? JSONParser.parse(event.data) else { return nil }
        switch event.name {
        case "snapshot": return data["revision"]?.integerValue
        case "delta": return data["to"]?.integerValue
        default: return nil
        }
    }
}
