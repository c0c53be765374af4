import ArgumentParser

/// `flagctl audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who did what, when and why, in a chain that shows tampering.",
        subcommands: [AuditTailCommand.self, AuditExportCommand.self, AuditVerifyCommand.self])
}
