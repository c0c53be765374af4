/// Emphasis on a terminal; nothing at all anywhere else.
struct Style: Sendable {
    /// A way to stand out.
    enum Emphasis: String, Sendable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// Whether emphasis is written.
    let isOn: Bool

    /// Text without emphasis.
    static let plain = Style(isOn: false)

    init(isOn: Bool) { self.isOn = isOn }

    /// Emphasis when a person looks at the stream and has not asked to do without (`--no-color`, `NO_COLOR`).
    init(for stream: StandardStream, _ surroundings: Surroundings, isRefused: Bool) {
        self.isOn =
            !isRefused && surroundings.variable("NO_COLOR") == nil && surroundings.variable("TERM") != "dumb"
            && surroundings.console.isTerminal(stream)
    }

    /// The text, emphasised.
    func apply(_ emphasis: Emphasis, _ text: String) -> String {
        self.isOn && !text.isEmpty ? "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m" : text
    }
}
