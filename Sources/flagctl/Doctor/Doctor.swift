import FlagAPI
import FlagModel

/// Looks at everything that flagctl needs, from the configuration to the ticket store, and says what to mend.
struct Doctor {
    /// How far the clocks may be apart: HTTP's dates have whole seconds, and a request takes a moment.
    private static let tolerance: Int64 = 5000
    /// From when on a token's end is announced.
    private static let notice: Int64 = 7 * 86_400_000

    let session: Session
    let selection: ConnectionSelection
    private(set) var findings: [Finding] = []

    init(_ session: Session, _ selection: ConnectionSelection) {
        self.session = session
        self.selection = selection
    }

    /// Looks at one thing after the other; what cannot be looked at because of an earlier fault is left out.
    mutating func examine() async {
        guard let connection = self.examineConfiguration() else { return }
        let api = APIClient(
            transport: self.session.surroundings.transport, connection: connection, timeout: self.selection.timeout)
        guard await self.examineServer(api), await self.examineToken(api) else { return }
        await self.examineStatus(api)
    }

    private mutating func examineConfiguration() -> Connection? {
        let store = ConfigurationStore(self.session.surroundings)
        var environment = self.session.surroundings.environment
        var configuration = ConfigurationFile()
        do {
            let file = try store.loadIfPresent()
            configuration = file ?? configuration
            if let warning = store.warning(about: configuration) {
                self.note(.warn, "configuration", warning)
            } else if file == nil {
                self.note(.ok, "configuration", "no file at \(store.path), which is fine")
            } else {
                let count = configuration.contexts.count
                self.note(.ok, "configuration", "\(store.path), \(count) \(count == 1 ? "context" : "contexts")")
            }
        } catch {
            self.note(error, "configuration")
            // Which server is meant is known without the file, or not at all.
            guard self.selection.namesServer(environment) else { return nil }
            environment["FLAGCTL_CONTEXT"] = nil
        }
        do {
            return try Connection(
                resolving: self.selection, configuration, environment, configurationPath: store.path)
        } catch {
            self.note(error, "connection")
            return nil
        }
    }

    private mutating func examineServer(_ api: APIClient) async -> Bool {
        let server = api.connection.server
        let start = ContinuousClock.now
        let before = self.session.surroundings.now()
        do {
            let health = try await api.exchange("GET", "/healthz", as: .none)
            let duration = ContinuousClock.now - start
            guard health.status == 200 else {
                self.note(
                    .fail, "server", "\(server) answered with HTTP \(health.status)",
                    "is it a FlagServer? --server or FLAGCTL_SERVER names another")
                return false
            }
            self.note(
                .ok, "server", "\(server) (\(api.connection.serverSource)) answers within \(duration.inWords)")
            if let date = health.headers["date"].flatMap(HTTPDate.parse) {
                self.examineClock(date, between: before, and: self.session.surroundings.now())
            }
            let ready = try await api.exchange("GET", "/readyz", as: .none)
            if ready.status == 200 {
                self.note(.ok, "readiness", "the server takes requests")
            } else {
                self.note(api.failure(ready, .none), "readiness")
            }
            return true
        } catch {
            self.note(error, "server")
            return false
        }
    }

    private mutating func examineClock(_ server: Timestamp, between before: Timestamp, and after: Timestamp) {
        let here = before.advanced(byMilliseconds: after.milliseconds(since: before) / 2)
        let skew = server.milliseconds(since: here)
        if abs(skew) <= Self.tolerance {
            self.note(.ok, "clock", "agrees with the server's")
        } else {
            let side = skew > 0 ? "behind" : "ahead of"
            self.note(
                .warn, "clock", "this machine is \(abs(skew) / 1000) s \(side) the server",
                "set both by NTP: tickets and JWTs end by the clock")
        }
    }

    private mutating func examineToken(_ api: APIClient) async -> Bool {
        guard api.connection.token != nil else {
            self.note(
                .fail, "token", "there is none: \(api.connection.tokenSource)",
                "set FLAGCTL_TOKEN, or: flagctl context set NAME --server \(api.connection.server) --token-stdin")
            return false
        }
        if !api.connection.server.isEncrypted, !api.connection.server.isLocal {
            self.note(
                .warn, "transport", "the token travels unencrypted to \(api.connection.server.host)",
                "put TLS in front of the server and use https")
        }
        do {
            let who = try await api.whoAmI()
            let scope = who.environments?.map(\.text).joined(separator: ", ") ?? "all environments"
            let words = "\(who.name) is \(who.role) in \(scope), from \(api.connection.tokenSource)"
            if let end = who.expiresAt, end.milliseconds(since: self.session.surroundings.now()) < Self.notice {
                self.note(.warn, "token", "\(words); it ends at \(end.short)", "make another with flagctl token create")
            } else {
                self.note(.ok, "token", words)
            }
            return true
        } catch {
            self.note(error, "token")
            return false
        }
    }

    private mutating func examineStatus(_ api: APIClient) async {
        do {
            let status = try await api.status()
            let fits = status.version.split(separator: ".").first == Version.current.split(separator: ".").first
            self.note(
                fits ? .ok : .warn, "versions",
                "flagctl \(Version.current), FlagServer \(status.version), SQLite \(status.sqliteVersion)",
                fits ? nil : "use programs of the same major version")
            if status.ticketStoreAvailable {
                self.note(.ok, "ticket store", "\(status.ticketStore), available")
            } else {
                self.note(
                    .fail, "ticket store", "\(status.ticketStore), not available: no ticket is issued or consumed",
                    "look at REDIS_URL and at the Redis server; FlagServer reconnects by itself")
            }
            if status.ticketPolicyProblems.isEmpty {
                self.note(.ok, "ticket policy", "complete in \(status.runtimeEnvironment)")
            }
            for problem in status.ticketPolicyProblems {
                self.note(
                    .warn, "ticket policy", "in \(status.runtimeEnvironment): \(problem)",
                    "mend the flag, or apply environments/\(status.runtimeEnvironment).yaml")
            }
        } catch {
            // A token for one task only may not see the status, and works nonetheless.
            if error.problem.status == 403 {
                self.note(.warn, "status", "this token may not see it", "use one of role viewer or above")
            } else {
                self.note(error, "status")
            }
        }
    }

    private mutating func note(_ level: Finding.Level, _ subject: String, _ finding: String, _ remedy: String? = nil) {
        self.findings.append(Finding(level, subject, finding, remedy: remedy))
    }

    private mutating func note(_ failure: Failure, _ subject: String) {
        let issues = (failure.problem.issues ?? []).map { "\n" + $0.description }.joined()
        self.note(.fail, subject, failure.problem.detail + issues, failure.hint)
    }
}
