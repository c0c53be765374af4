public import FlagModel

extension RolloutPlan {
    /// What is wrong with the plan whatever the environment.
    func issues(at path: String) -> [Issue] {
        let prefix = path.isEmpty ? "" : path + "."
        var issues = self.metricIssues(prefix)
        func fail(_ member: String, _ message: String) {
            issues.append(Issue(path: prefix + member, message: message))
        }
        guard (1...Self.maximumSteps).contains(self.steps.count) else {
            fail("steps", "expected 1 to \(Self.maximumSteps) steps, found \(self.steps.count)")
            return issues
        }
        let falls = self.steps.count > 1 && self.steps[1].percentage < self.steps[0].percentage
        for (position, step) in self.steps.enumerated() {
            if position > 0 {
                let before = self.steps[position - 1].percentage
                if falls ? step.percentage >= before : step.percentage <= before {
                    fail(
                        "steps[\(position)]",
                        "\(step.percentage) is not \(falls ? "below" : "above") the \(before) of the step before it")
                }
            }
            if position < self.lastStep, step.hold == 0 {
                fail("steps[\(position)]", "every step but the last needs a hold, as in 25%:2h")
            }
            if step.hold > Self.maximumHold {
                fail("steps[\(position)]", "is held longer than \(Duration.text(seconds: Self.maximumHold))")
            }
            var names: Set<String> = []
            for rolloutGuard in self.guards(at: position) where !names.insert(rolloutGuard.name).inserted {
                fail("steps[\(position)]", "has two guards called \"\(rolloutGuard.name)\"")
            }
        }
        if !(1...Self.maximumHold).contains(self.undecidedAfter) {
            fail("undecidedAfter", "expected 1s to \(Duration.text(seconds: Self.maximumHold))")
        }
        return issues
    }

    /// Guards that would compare those who get tickets with the others, for a flag that does not decide that.
    private func metricIssues(_ prefix: String) -> [Issue] {
        guard self.flag != EnvironmentContent.tickets else { return [] }
        func issues(_ guards: [RolloutGuard], at place: String) -> [Issue] {
            guards.enumerated().filter(\.element.metric.isAboutTickets).map { position, rule in
                Issue(
                    path: "\(place)[\(position)].metric",
                    message: "\(rule.metric.name) tells users apart by \(EnvironmentContent.tickets) alone; use "
                        + "counter/<name>, which tells them apart by \(self.flag), or prometheus")
            }
        }
        return issues(self.guards, at: prefix + "guards")
            + self.steps.enumerated().flatMap { issues($0.element.guards, at: "\(prefix)steps[\($0.offset)].guards") }
    }

    /// What is wrong with the plan in an environment: every fault, those of the steps' invariants included.
    func issues(in head: EnvironmentHead) -> [Issue] {
        guard let definition = head.content.flags[self.flag] else {
            let hint = NearestName.suggestion(for: self.flag.text, among: head.content.flags.keys.map(\.text).sorted())
            let more = hint.map { "; did you mean \($0)?" } ?? ""
            return [Issue(path: "flag", message: "there is no flag \(self.flag) in \(head.name)" + more)]
        }
        var issues: [Issue] = []
        if definition.isKilled {
            issues.append(Issue(path: "flag", message: "\(self.flag) is killed; enable it first"))
        } else if definition.state == .disabled {
            issues.append(Issue(path: "flag", message: "\(self.flag) is disabled; enable it first"))
        }
        let start = definition.rollout?.percentage ?? .zero
        let first = self.steps[0].percentage
        let falls = self.steps[self.lastStep].percentage < start
        if self.steps.count > 1, falls != (self.steps[self.lastStep].percentage < first) {
            issues.append(
                Issue(path: "steps[0]", message: "the steps go the other way than from the \(start) that is in force"))
        } else if falls ? first > start : first < start {
            issues.append(
                Issue(
                    path: "steps[0]",
                    message: "\(first) goes back behind the \(start) that is in force; begin at or beyond it"))
        } else if falls, !self.falls, self.guards(at: 0).contains(where: \.metric.isRatio) {
            issues.append(
                Issue(
                    path: "steps[0]",
                    message:
                        "one step down does not tell guards who is concerned; begin at the \(start) that is in force"
                        + ", as in \(start.json.canonical)%:1m,\(first.json.canonical)%"))
        }
        let minimumHold = head.content.ticketLifetime(for: self.flag)
        for (position, step) in self.steps.enumerated() {
            if position < self.lastStep, step.hold < minimumHold {
                issues.append(
                    Issue(
                        path: "steps[\(position)]",
                        message: "is held \(Duration.text(seconds: step.hold)), but tickets live for "
                            + "\(Duration.text(seconds: minimumHold)): hold it at least that long"))
            }
            issues += self.issues(ofStep: position, in: head)
        }
        return issues
    }

    /// What keeps a step from being taken: it cannot be applied, or an invariant would break.
    private func issues(ofStep position: Int, in head: EnvironmentHead) -> [Issue] {
        let place = "steps[\(position)]"
        do throws(InvalidChange) {
            let content = try head.content.applying([self.change(at: position)])
            return head.settings.violations(by: content).map { violation in
                Issue(path: place, message: "breaks \(violation.invariant): \(violation.message)")
            }
        } catch {
            return error.issues.map { Issue(path: place, message: $0.description) }
        }
    }

    /// The change that takes the flag to a step.
    public func change(at position: Int) -> FlagChange {
        .rollout(self.flag, percentage: self.steps[position].percentage, variant: self.variant)
    }
}
