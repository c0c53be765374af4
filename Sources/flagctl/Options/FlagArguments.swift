import ArgumentParser
import FlagModel

/// A flag of an environment.
struct FlagArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The flag's key.", valueName: "flag"),
        completion: .custom { words, index, _ in await Completions.flags(words, index) }, transform: Arguments.flag)
    var flag: FlagKey
}
