import ArgumentParser

/// A form of flags that other programs read and write.
enum InterchangeFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// flagd's JSON (flagd.dev/schema/v0/flags.json).
    case flagd
}
