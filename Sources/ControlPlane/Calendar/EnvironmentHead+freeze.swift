public import FlagModel

extension EnvironmentHead {
    /// The freeze that its settings declare for a moment; nil: there is none.
    public func freeze(at moment: Timestamp) -> Freeze? {
        self.settings.freezes.isEmpty ? nil : FreezeCalendar(windows: self.settings.freezes).freeze(at: moment)
    }

    /// Refuses what a freeze holds back.
    func checkFreeze(at moment: Timestamp) throws(ControlPlaneError) {
        if let freeze = self.freeze(at: moment) { throw .frozen(self.name, freeze) }
    }
}
