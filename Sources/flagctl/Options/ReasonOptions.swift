import ArgumentParser

/// What every change takes.
struct ReasonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @Flag(help: "Only say what would change.")
    var dryRun = false
}
