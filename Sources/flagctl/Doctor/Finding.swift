/// What the doctor found out about one thing.
struct Finding: Encodable, Hashable, Sendable {
    /// How it stands.
    enum Level: String, Encodable, Sendable {
        /// As it should be.
        case ok
        /// It works, but somebody should look.
        case warn
        /// It does not work.
        case fail
    }

    /// What was looked at.
    var subject: String
    /// How it stands.
    var level: Level
    /// What was found.
    var finding: String
    /// What to do; nil when there is nothing to do.
    var remedy: String?

    init(_ level: Level, _ subject: String, _ finding: String, remedy: String? = nil) {
        self.level = level
        self.subject = subject
        self.finding = finding
        self.remedy = remedy
    }
}
