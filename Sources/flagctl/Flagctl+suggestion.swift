import ArgumentParser
import FlagModel

extension Flagctl {
    /// The command that was perhaps meant where a command line names one that does not exist: `env list` for `env lst`.
    static func suggestion(for arguments: [String]) -> String? {
        var command: any ParsableCommand.Type = Self.self
        var path: [String] = []
        for argument in arguments {
            let children = command.configuration.subcommands
            guard !children.isEmpty, !argument.hasPrefix("-") else { return nil }
            guard let child = children.first(where: { $0.configuration.commandName == argument }) else {
                let names = children.compactMap { $0.configuration.commandName }
                return NearestName.suggestion(for: argument, among: names)
                    .map { (path + [$0]).joined(separator: " ") }
            }
            command = child
            path.append(argument)
        }
        return nil
    }
}
