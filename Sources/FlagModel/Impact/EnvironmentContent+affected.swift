extension EnvironmentContent {
    /// The flags whose answers may differ in `other`, sorted: those that are defined otherwise, those whose rules name a
    /// segment that is, directly or through other segments, and those that require any of these.
    public func flagsAffected(by other: EnvironmentContent) -> [FlagKey] {
        let names = Set(self.segments.keys).union(other.segments.keys)
        let segments = names.filter { self.segments[$0] != other.segments[$0] }
        let keys = Set(self.flags.keys).union(other.flags.keys)
        var affected = keys.filter { self.flags[$0] != other.flags[$0] }
        affected.formUnion(self.flags(using: segments))
        affected.formUnion(other.flags(using: segments))
        return affected.union(self.dependants(of: affected)).union(other.dependants(of: affected)).sorted()
    }
}
