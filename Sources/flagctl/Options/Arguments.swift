import ArgumentParser
import FlagModel

/// Readers for arguments that have a form, whose refusals say which.
enum Arguments {
    /// An environment's name.
    static func environment(_ text: String) throws -> EnvironmentName {
        try Self.name(text)
    }

    /// A flag's key.
    static func flag(_ text: String) throws -> FlagKey {
        try Self.name(text)
    }

    /// A segment's name.
    static func segment(_ text: String) throws -> SegmentName {
        try Self.name(text)
    }

    /// A share of users.
    static func percentage(_ text: String) throws -> Percentage {
        do {
            return try PercentageText.parse(text)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// A rollout: its number, or the flag that it moves.
    static func rollout(_ text: String) throws -> RolloutName {
        if text.allSatisfy(\.isNumber) {
            guard let number = Int64(text), number > 0 else { throw ValidationError("rollouts are numbered from 1") }
            return .number(number)
        }
        return .flag(try Self.flag(text))
    }

    /// A moment such as `2026-03-04T22:00:00+01:00`.
    static func moment(_ text: String) throws -> Timestamp {
        guard let moment = Timestamp(text) else {
            throw ValidationError("expected a time with its zone, such as 2026-03-04T22:00:00Z or …T22:00:00+01:00")
        }
        return moment
    }

    /// A duration such as `90s`, `10m`, `2h` or `30d`, in seconds.
    static func seconds(_ text: String) throws -> Int64 {
        guard let seconds = Duration.seconds(parsing: text), seconds > 0 else {
            throw ValidationError("expected a duration such as 90s, 10m, 2h or 30d")
        }
        return seconds
    }

    private static func name<Text: Name>(_ text: String) throws -> Text {
        do {
            return try Text(parsing: text)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
