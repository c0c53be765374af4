/// How log entries are written, one line each.
enum LogFormat: String, CaseIterable, Sendable {
    /// `2026-03-04T05:06:07.089Z info signalbox: message key=value`
    case text
    /// One JSON object, members sorted.
    case json
}
