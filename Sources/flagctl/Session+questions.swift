import FlagModel

extension Session {
    /// The reason for a change: what the option says, or what the person at the terminal answers.
    ///
    /// - Throws: ``Failure`` with status ``ExitStatus/usage`` when there is none.
    func reason(_ option: String?) throws(Failure) -> String {
        var reason = option
        if reason == nil, self.surroundings.console.isTerminal(.input) {
            self.surroundings.console.tell("reason: ")
            reason = self.surroundings.console.readLine(secret: false)
        }
        guard let reason, reason.contains(where: { !$0.isWhitespace }) else {
            throw Failure(
                .usage, "reason-missing", "a change needs a reason",
                hint: "add --reason \"why you change this\"; it stays in the history and the audit")
        }
        guard reason.unicodeScalars.count <= 500 else {
            throw Failure(.usage, "reason-too-long", "the reason has more than 500 characters")
        }
        return reason
    }

    /// Shows what a question is about, and asks it; anything but yes is no.
    func confirm(_ matter: String, _ question: String) -> Bool {
        let text = matter + self.errorStyle.apply(.bold, question) + " [y/N] "
        self.surroundings.console.tell(text)
        let answer = self.surroundings.console.readLine(secret: false) ?? ""
        return ["y", "yes"].contains(answer.lowercased())
    }
}
