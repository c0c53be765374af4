import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl webhook create`.
struct WebhookCreateCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Has a URL told what happens, and shows the secret to verify it with, once.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("Where to send events: https, or http within your own network.", valueName: "url"))
    var url: String

    @Option(
        name: .customLong("environment"),
        help: ArgumentHelp("An environment to tell of; by default all.", valueName: "name"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environments: [EnvironmentName] = []

    @Option(
        name: .customLong("event"),
        help: ArgumentHelp("An event to tell of, as rollout.rolled-back; by default all.", valueName: "event"))
    var events: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file with the secret to sign with, whsec_…; by default the server makes one.", valueName: "path"),
        completion: .file())
    var secretFile: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = WebhookCreateRequest(
            name: self.name, url: self.url, environments: self.environments.isEmpty ? nil : self.environments,
            events: self.events.isEmpty ? nil : self.events, secret: try self.givenSecret()?.revealed)
        let result = try await session.api(self.connection.selection).createWebhook(request)
        do {
            try session.show(result) { Self.text(result, session.style) }
        } catch {
            var failure = error
            failure.hint =
                "the webhook was made; if its secret is lost: flagctl webhook delete \(result.summary.name)"
            throw failure
        }
        if result.secret != nil { session.note("The secret is not shown again: keep it in a safe place.") }
    }

    private func givenSecret() throws(Failure) -> Secret? {
        guard let path = self.secretFile else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try FileAccess.read(path)
        } catch {
            throw Failure(.error, "secret-unreadable", "--secret-file: cannot read \(path): \(error.reason)")
        }
        guard let secret = Secret(String(decoding: bytes, as: UTF8.self)) else {
            throw Failure(.error, "secret-unreadable", "--secret-file: \(path) does not hold one secret")
        }
        return secret
    }

    private static func text(_ result: WebhookCreateResult, _ style: Style) -> String {
        var facts = Facts()
        facts.add("secret", result.secret)
        facts.add("name", result.summary.name)
        facts.add("url", result.summary.url)
        facts.add("environments", result.summary.environments?.map(\.text).joined(separator: ", ") ?? "all")
        facts.add("events", result.summary.events?.joined(separator: ", ") ?? "all")
        return facts.text(style)
    }
}
