import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl set`.
struct SetCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Serves a variant, or sets the default variant's value.",
        discussion: """
            A variant's name makes that variant the one served by default. So does a value that exactly one variant has. \
            Another value of the flag's type becomes the value of the default variant, as in:

              flagctl set development WEBSOCKET_TICKET_TTL 45 --reason "slow clients"
            """)

    @OptionGroup var target: FlagArguments

    @Argument(help: ArgumentHelp("A variant's name, or a value of the flag's type.", valueName: "value"))
    var value: String

    @Flag(help: "Take VALUE as a value, even where a variant has that name or nearly.")
    var literal = false
    @OptionGroup var options: CommitOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let sample = try self.options.reason.givenSample(session)
        let reason = try session.reason(self.options.reason.reason)
        let api = try session.api(self.connection.selection)
        let detail = try await api.flag(self.target.flag, in: self.target.environment)
        let flag = FlagView(key: detail.key.text, definition: detail.definition)
        let change = try SetValue.change(self.value, for: self.target.flag, of: flag, isLiteral: self.literal)
        try await ChangeFlow(session, api, self.target.environment, self.options, sample: sample)
            .commit([change], because: reason, seen: detail.revision)
        if flag.isKilled || flag.isDisabled {
            session.warn(
                "\(self.target.flag) is \(flag.state), so nobody gets it yet: "
                    + "flagctl enable \(self.target.environment) \(self.target.flag)")
        }
    }
}
