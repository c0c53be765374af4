import ArgumentParser
import FlagModel

/// A segment of an environment.
struct SegmentArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The segment's name.", valueName: "segment"),
        completion: .custom { words, index, _ in await Completions.segments(words, index) },
        transform: Arguments.segment)
    var segment: SegmentName
}
