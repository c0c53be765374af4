import ArgumentParser
import FlagModel

/// A rollout that a command is about.
struct RolloutTarget: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp(
            "Its number, or the flag that it moves; by default the only one under way.", valueName: "rollout"),
        completion: .custom { words, index, _ in await Completions.flags(words, index) }, transform: Arguments.rollout)
    var rollout: RolloutName?
}
