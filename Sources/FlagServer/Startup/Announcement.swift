internal import ControlPlane
internal import FlagModel
internal import ServiceLifecycle

/// Says on standard output that the server listens; at the first start, also how to get in.
struct Announcement: Service {
    /// The name of the token that the first start makes.
    static let tokenName = "bootstrap"

    let configuration: ServerConfiguration
    let plane: ControlPlane
    let development: DevelopmentSecret?
    /// Gets the address once the server listens.
    let addresses: AsyncStream<ListenAddress>
    let output: any TextOutput
    let now: @Sendable () -> Timestamp

    func run() async throws {
        for await address in self.addresses.cancelOnGracefulShutdown() {
            // Only now: a token that was made and never shown would lock everyone out.
            if let token = try await self.makeToken() {
                self.output.write(self.firstScreen(address, token))
            }
            self.output.write("FlagServer listening on http://\(address)\n")
        }
    }

    /// A token with role admin when there is none, in the configuration or in the database.
    private func makeToken() async throws -> AccessSecret? {
        let now = self.now()
        guard self.configuration.adminToken == nil,
            !self.plane.tokens.contains(where: { $0.role == .admin && $0.environments == nil && $0.isLive(at: now) })
        else { return nil }
        let secret = try AccessSecret()
        _ = try await self.plane.ensureToken(
            TokenGrant(name: Self.tokenName, role: .admin), hash: secret.hash, by: .system)
        return secret
    }

    private func firstScreen(_ address: ListenAddress, _ token: AccessSecret) -> String {
        let environment = self.configuration.runtimeEnvironment
        let jwt = self.development.map {
            $0.token(
                subject: DevelopmentSecret.subject, email: nil, permissions: ["chat:read", "chat:write"],
                now: self.now())
        }
        let userLine = jwt.map { "export JWT=\($0)" } ?? "export JWT=…   # of a user, from your identity provider"
        return """
            This is the first start. The admin token below is shown this once and kept only as a hash.
            In another terminal, type:

              export FLAGCTL_SERVER=http://\(address.reachable)
              export FLAGCTL_TOKEN=\(token.text)
              \(userLine)

              # Tickets are off: 403, and the pathway to use instead
              curl -X POST -H "Authorization: Bearer $JWT" $FLAGCTL_SERVER/websocket/ticket

              # On for a quarter of the users, and why the user above is among them
              bin/flagctl rollout set \(environment) ENABLE_WEBSOCKET_TICKETS 25 --reason "first cohort"
              bin/flagctl eval \(environment) ENABLE_WEBSOCKET_TICKETS --targeting-key \(DevelopmentSecret.subject)

              # A ticket; good once; the second time 409 and when it was used
              TICKET=$(curl -s -X POST -H "Authorization: Bearer $JWT" $FLAGCTL_SERVER/websocket/ticket \
            | sed 's/.*"ticket_id":"\\([^"]*\\)".*/\\1/')
              bin/flagctl ticket consume "$TICKET"
              bin/flagctl ticket consume "$TICKET"

              # Everything back, at once
              bin/flagctl rollback \(environment) --reason "that was it"


            """
    }
}
