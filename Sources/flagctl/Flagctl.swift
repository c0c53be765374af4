import ArgumentParser
import FlagAPI

/// The program: a tree of commands.
@main
struct Flagctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flagctl",
        abstract: "Changes feature flags, sees what they answer, and takes changes back.",
        discussion: Self.help,
        version: Version.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Look",
                subcommands: [
                    EnvironmentCommand.self, ListCommand.self, GetCommand.self, DescribeCommand.self,
                    EvaluateCommand.self, HistoryCommand.self, DiffCommand.self, ExportCommand.self,
                    InstancesCommand.self, PathwaysCommand.self, WatchCommand.self,
                ]),
            CommandGroup(
                name: "Change",
                subcommands: [
                    SetCommand.self, EnableCommand.self, DisableCommand.self, RolloutCommand.self, ApplyCommand.self,
                    ImportCommand.self, SegmentCommand.self, ScheduleCommand.self,
                ]),
            CommandGroup(name: "Take back", subcommands: [KillCommand.self, RollbackCommand.self, ReviewCommand.self]),
            CommandGroup(
                name: "Access and evidence",
                subcommands: [TicketCommand.self, TokenCommand.self, AuditCommand.self, WebhookCommand.self]),
            CommandGroup(
                name: "flagctl itself",
                subcommands: [DoctorCommand.self, ContextCommand.self, VersionCommand.self]),
        ])

    private static var help: String {
        let statuses = ExitStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
        return """
            The server and the token come from options (--server, --token-file, --context), else from the variables \
            FLAGCTL_SERVER, FLAGCTL_TOKEN and FLAGCTL_CONTEXT, else from $XDG_CONFIG_HOME/flagctl/config.yaml, which \
            "flagctl context set" writes; without any, the server is \(ServerURL.default).

            Exit codes:
            \(statuses)

            Shell completions: flagctl --generate-completion-script bash|zsh|fish
            """
    }

    /// Runs the program.
    static func main() async {
        ProcessConsole.reserveStreams()
        let status = await Self.run(Array(CommandLine.arguments.dropFirst()))
        Self.exit(withError: ExitCode(status.rawValue))
    }

    /// Runs one command line in the current surroundings.
    static func run(_ arguments: [String]) async -> ExitStatus {
        do {
            var command = try await Self.asyncParseAsRoot(Self.spelledOut(arguments))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .success
        } catch let code as ExitCode {
            return ExitStatus(rawValue: code.rawValue) ?? .error
        } catch {
            return Self.answer(error, to: arguments)
        }
    }

    /// `--wait=10s` as the flag and the option that it is short for: a flag takes no value, and an option that needs none
    /// would swallow the argument after it.
    ///
    /// A ticket that begins with a hyphen, as one in 64 does, would be taken for options: it goes to the end, after `--`.
    private static func spelledOut(_ arguments: [String]) -> [String] {
        var arguments = arguments.flatMap { argument in
            argument.hasPrefix("--wait=")
                ? ["--wait", "--wait-timeout=" + argument.dropFirst("--wait=".count)] : [argument]
        }
        if arguments.first == "ticket", !arguments.contains("--"),
            let position = arguments.firstIndex(where: Self.isTicketWithHyphen)
        {
            let ticket = arguments.remove(at: position)
            arguments += ["--", ticket]
        }
        return arguments
    }

    /// Whether an argument is 43 characters of base64url, as tickets are, and begins with a hyphen.
    private static func isTicketWithHyphen(_ argument: String) -> Bool {
        argument.hasPrefix("-") && argument.utf8.count == 43
            && argument.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "_" }
    }

    /// What ArgumentParser throws: a request for help, or a wrong command line, which is status 2 here and 64 there.
    private static func answer(_ error: any Error, to arguments: [String]) -> ExitStatus {
        let console = Surroundings.current.console
        let text = Self.fullMessage(for: error, columns: console.columns)
        guard !Self.exitCode(for: error).isSuccess else {
            do {
                try console.write(text + "\n")
                return .success
            } catch {
                console.tell(Failure(unwritten: error).text(.plain))
                return .error
            }
        }
        let words = text.hasPrefix("Error: ") ? "error: " + text.dropFirst("Error: ".count) : text
        let hint = Self.suggestion(for: arguments).map { "hint: did you mean \($0)?\n" } ?? ""
        console.tell(words + "\n" + hint)
        return .usage
    }
}
