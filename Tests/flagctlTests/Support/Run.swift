import FlagModel

@testable import flagctl

/// One run of flagctl against a stub.
struct Run {
    let status: flagctl.ExitStatus
    let output: String
    let errors: String
    let requests: [StubServer.Request]

    /// The moment at which runs take place.
    static let now = Timestamp(millisecondsSinceEpoch: 1_772_600_767_089)

    /// Runs a command line; without `environment` there is a token, and no configuration file.
    init(
        _ arguments: [String], server: StubServer = StubServer([String: StubServer.Answer]()),
        console: MemoryConsole = MemoryConsole(), environment: [String: String] = [:]
    ) async {
        var variables = ["HOME": "/nonexistent", "FLAGCTL_TOKEN": "token-of-the-test"]
        variables.merge(environment) { $1 }
        let surroundings = Surroundings(
            environment: variables, console: console, transport: server, now: { Self.now },
            // No test waits: a short pause is over at once, a long one when nothing new will come.
            // A short pause is as short as lets others go on, a long one is over when nothing new will come.
            sleep: { pause in
                if pause >= .seconds(30) {
                    await server.untilQuiet()
                } else {
                    try? await Task.sleep(for: .milliseconds(2))
                }
            },
            interrupted: { await server.untilQuiet() })
        self.status = await Surroundings.$current.withValue(surroundings) { await Flagctl.run(arguments) }
        self.output = console.output
        self.errors = console.errors
        self.requests = server.requests
    }

    init(
        _ arguments: String..., server: StubServer = StubServer([String: StubServer.Answer]()),
        console: MemoryConsole = MemoryConsole(), environment: [String: String] = [:]
    ) async {
        await self.init(arguments, server: server, console: console, environment: environment)
    }
}
