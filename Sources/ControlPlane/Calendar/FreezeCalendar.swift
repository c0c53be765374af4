internal import FlagModel

/// Says whether an environment is frozen at a moment. A pure function of its windows.
struct FreezeCalendar {
    /// How many windows that follow one another are looked through for an end.
    private static let mostInARow = 400

    var windows: [FreezeWindow]

    /// The freeze at a moment; nil: there is none.
    func freeze(at moment: Timestamp) -> Freeze? {
        guard var freeze = self.longest(at: moment) else { return nil }
        for _ in 0..<Self.mostInARow {
            guard let next = self.longest(at: freeze.until) else { break }
            freeze.until = next.until
        }
        return freeze
    }

    /// Of the windows that are open at a moment the one that ends last.
    private func longest(at moment: Timestamp) -> Freeze? {
        self.windows.compactMap { window in window.end(at: moment).map { Freeze(name: window.name, until: $0) } }
            .max { $0.until < $1.until }
    }

    /// What is wrong with the windows that only a calendar knows.
    var issues: [Issue] {
        self.windows.enumerated().compactMap { position, window in
            guard case .recurring(_, _, let timeZone) = window.times, CivilTimeZone(timeZone) == nil else { return nil }
            return Issue(
                path: "freezes[\(position)].timeZone",
                message: "\"\(timeZone)\" is no time zone; expected a name such as Europe/Berlin, or UTC")
        }
    }
}

extension FreezeWindow {
    /// When the window ends that is open at a moment; nil: it is not open.
    fileprivate func end(at moment: Timestamp) -> Timestamp? {
        switch self.times {
        case .once(let from, let to): from <= moment && moment < to ? to : nil
        case .recurring(let cron, let seconds, let timeZone):
            // The last to begin is the last to end.
            CivilTimeZone(timeZone).flatMap { cron.lastStart(upTo: moment, within: seconds, in: $0) }
                .map { $0.advanced(byMilliseconds: seconds * 1000) }
                .flatMap { moment < $0 ? $0 : nil }
        }
    }
}

extension CronExpression {
    /// The last moment up to `moment` at which it begins, if that is less than about `seconds` ago.
    fileprivate func lastStart(
        upTo moment: Timestamp, within seconds: Int64, in zone: CivilTimeZone
    ) -> Timestamp? {
        let day: Int64 = 86_400
        let today = zone.wall(at: moment) / day
        // A day more on either side: clocks may be set over midnight.
        for days in stride(from: today + 1, through: today - seconds / day - 2, by: -1) {
            let date = Timestamp.civilDate(fromDays: days)
            guard self.matches(month: Int(date.month), day: Int(date.day), weekday: Int((days + 4) % 7)) else {
                continue
            }
            // Asking the zone takes long, and of a start that is yet to come it need not be asked.
            let seconds = moment.wholeSecondsSinceEpoch + zone.greatestOffset(aroundDay: days) - days * day
            guard seconds >= 0 else { continue }
            for minute in self.minutesOfDay(upTo: Int(seconds / 60)) {
                let start = zone.read(wall: days * day + Int64(minute) * 60).moment
                if start <= moment { return start }
            }
        }
        return nil
    }
}
