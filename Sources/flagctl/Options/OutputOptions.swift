import ArgumentParser

/// How output looks.
struct OutputOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .customLong("output")], help: "table for people, json or yaml for programs.")
    var format = OutputFormat.table

    @Flag(name: .customLong("no-color"), help: "No colours; so does NO_COLOR, or output that is not a terminal.")
    var noColor = false
}
