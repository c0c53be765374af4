import FlagAPI
import FlagModel

extension CommitResult {
    /// The outcome for people: what changed, and which revision is in force.
    ///
    /// - Parameters:
    ///   - duration: How long the request took.
    ///   - isKnown: Whether the person has just seen (and confirmed) what changes.
    func text(_ style: Style, after duration: Duration, isKnown: Bool = false) -> String {
        var text = isKnown ? "" : self.changes(style)
        text +=
            style.apply(.bold, self.sentence)
            + (self.dryRun || !(self.changed || self.created) ? "" : " after \(duration.inWords)")
            + "\n"
        if let verification = self.verification { text += verification.text(style) }
        if let review = self.review {
            text += style.apply(.yellow, "review \(review) is open until someone else closes it\n")
        }
        for flag in self.keptKilled {
            text += style.apply(
                .yellow, "\(flag) stays killed; lift that with: flagctl enable \(self.environment) \(flag)\n")
        }
        return text
    }

    /// What changed, or would, and for whom.
    func changes(_ style: Style) -> String {
        var changes = self.difference.text(style)
        if self.settingsChanged || !self.settingsDifference.isEmpty {
            changes += style.apply(.yellow, "~ (settings)") + "\n" + self.settingsDifference.settingsText
        }
        return changes + (self.impact?.text(style) ?? "")
    }

    private var sentence: String {
        if let scheduled = self.scheduled {
            return
                "scheduled as \(scheduled.id) for \(scheduled.at.short); until then revision \(self.previousRevision) "
                + "stays in force in \(self.environment)"
        }
        let origin = self.restoredRevision.map { " (content of revision \($0))" } ?? ""
        if self.created {
            let verb = self.dryRun ? "dry run: creates" : "created"
            let revision = self.changed ? " with revision \(self.revision)" : ""
            return "\(verb) the environment \(self.environment)\(revision)"
        }
        switch (self.changed, self.dryRun) {
        case (true, false): return "revision \(self.revision) is in force in \(self.environment)\(origin)"
        case (true, true): return "dry run: would be revision \(self.revision) in \(self.environment)\(origin)"
        case (false, _) where self.settingsChanged:
            let verb = self.dryRun ? "dry run: would change settings;" : "settings changed;"
            return "\(verb) revision \(self.revision) stays in force in \(self.environment)"
        case (false, _): return "nothing to change: revision \(self.revision) stays in force in \(self.environment)"
        }
    }
}
