public import FlagModel

/// Who listens to one environment, and what each has: a value that is told what happens and when.
///
/// It has no clock and does no I/O. Every event costs the same however many instances there are, but ``sweep(at:)`` and
/// the questions about all of them.
public struct FleetRegistry: Sendable {
    /// How many revisions are known with their digests.
    static let publicationLimit = 4096
    /// How often at most what is stored of an instance is brought up to date.
    static let saveInterval: Int64 = 60_000

    /// A revision that was published.
    struct Publication: Sendable {
        var digest: String
        /// When; nil: before the process was there to see it.
        var at: Duration?
    }

    /// The environment.
    public let environment: EnvironmentName
    /// The revision in force.
    public private(set) var revision: Int64 = 0
    /// Its digest.
    public private(set) var digest = ""

    let limits: FleetLimits
    var instances: [InstanceID: Instance] = [:]
    /// Instances that were given up to make room while something is stored of them.
    var orphans: Set<InstanceID> = []
    private var publications: [Int64: Publication] = [:]

    /// A registry in which those that were live before are stale until they are heard of or count as gone.
    public init(
        environment: EnvironmentName, limits: FleetLimits, remembered: [StoredInstance] = [], at moment: FleetMoment
    ) {
        self.environment = environment
        self.limits = limits
        for stored in remembered {
            var instance = Instance(stored.report, owner: stored.owner, firstSeen: stored.firstSeen, at: moment)
            instance.lastSeen = stored.lastSeen
            instance.savedLastSeen = stored.lastSeen
            instance.isRemembered = true
            self.instances[stored.report.id] = instance
        }
    }

    /// A revision is in force.
    ///
    /// - Parameter moment: When it was published; nil: it was before the process started.
    public mutating func publish(_ revision: Int64, digest: String, at moment: FleetMoment?) {
        guard revision >= self.revision else { return }
        self.revision = revision
        self.digest = digest
        self.publications[revision] = Publication(digest: digest, at: moment?.uptime)
        self.publications[revision - Int64(Self.publicationLimit)] = nil
    }

    /// Whether the digest of a revision is known, or there is none to be known.
    public func knowsDigest(of revision: Int64) -> Bool {
        revision <= 0 || revision > self.revision || self.publications[revision] != nil
    }

    /// An older revision has that digest.
    public mutating func learn(_ digest: String, of revision: Int64) {
        guard revision > 0, revision <= self.revision, self.publications[revision] == nil else { return }
        if self.publications.count >= Self.publicationLimit, let oldest = self.publications.keys.min() {
            self.publications[oldest] = nil
        }
        self.publications[revision] = Publication(digest: digest, at: nil)
    }

    /// Whether an instance may use that id.
    ///
    /// - Parameter owner: The access token that it has; nil: it is the server itself.
    /// - Throws: ``FleetError``.
    public func admit(_ id: InstanceID, owner: String?, at moment: FleetMoment) throws(FleetError) {
        if let known = self.instances[id] {
            guard known.owner == owner || known.isGone(at: moment.uptime, self.limits) else { throw .idTaken(id) }
        } else if self.instances.count >= self.limits.instances,
            !self.instances.values.contains(where: { $0.isGone(at: moment.uptime, self.limits) })
        {
            throw .full(self.environment, limit: self.limits.instances)
        }
    }

    /// An instance said who it is and what it has.
    ///
    /// - Returns: How it stands to the revision in force.
    /// - Throws: ``FleetError``.
    public mutating func report(
        _ report: FleetReport, owner: String?, at moment: FleetMoment
    ) throws(FleetError) -> Instance.State {
        try self.introduce(report, owner: owner, at: moment)
        let publishedAt = self.publications[report.revision]?.at
        self.change(report.id) { instance in
            let isAsBefore =
                instance.report.revision == report.revision && instance.report.digest == report.digest
                && !instance.isRemembered
            instance.hear(at: moment)
            instance.report = report
            guard !isAsBefore else { return }
            instance.acknowledgedAt = moment.uptime
            instance.appliedAfter = instance.delay(since: publishedAt)
        }
        return self.view(of: report.id, at: moment)?.state ?? .gone
    }

    /// A stream of an instance was opened.
    ///
    /// - Throws: ``FleetError``.
    public mutating func connect(_ id: InstanceID, owner: String, at moment: FleetMoment) throws(FleetError) {
        let unheard = FleetReport(id: id, name: id.text, revision: 0, source: "stream")
        try self.introduce(unheard, owner: owner, at: moment)
        self.change(id) { instance in
            // What a remembered one had before the server's restart is not what it says now.
            if instance.isRemembered { (instance.report.revision, instance.report.digest) = (0, nil) }
            instance.hear(at: moment)
            instance.openStreams += 1
        }
    }

    /// A stream of an instance ended.
    public mutating func disconnect(_ id: InstanceID) {
        self.change(id) { instance in instance.openStreams = max(0, instance.openStreams - 1) }
    }

    /// Forgets those that have been gone for long.
    public mutating func sweep(at moment: FleetMoment) {
        let forgotten = self.instances.values.filter { instance in
            instance.savedLastSeen == nil && instance.isGone(at: moment.uptime, self.limits)
                && moment.uptime - instance.heardAt > self.limits.forgottenAfter
        }
        for instance in forgotten { self.instances[instance.id] = nil }
    }

    /// How an instance stands; nil: it is not known.
    public func view(of id: InstanceID, at moment: FleetMoment) -> InstanceView? {
        self.instances[id].map { self.view(of: $0, at: moment) }
    }

    /// How all stand, by id.
    public func views(at moment: FleetMoment) -> [InstanceView] {
        self.instances.values.sorted { $0.id < $1.id }.map { self.view(of: $0, at: moment) }
    }

    /// Whether an instance has `revision` or a newer one, and what was published as that.
    func hasAcknowledged(_ instance: Instance, _ revision: Int64) -> Bool {
        guard !instance.isRemembered, instance.report.revision >= revision else { return false }
        return instance.report.revision == 0 || self.isPublished(instance.report) == true
    }

    /// From the publication of `revision` to the moment when the instance acknowledged what it has.
    func delay(of instance: Instance, for revision: Int64) -> Duration? {
        instance.delay(since: self.publications[revision]?.at)
    }

    func view(of instance: Instance, at moment: FleetMoment) -> InstanceView {
        InstanceView(
            instance: instance, state: self.state(of: instance, at: moment),
            lag: max(0, self.revision - instance.report.revision))
    }

    private func state(of instance: Instance, at moment: FleetMoment) -> Instance.State {
        if instance.isGone(at: moment.uptime, self.limits) { return .gone }
        if instance.isStale(at: moment.uptime, self.limits) { return .stale }
        if self.isPublished(instance.report) == false { return .diverged }
        return instance.report.revision == self.revision ? .current : .behind
    }

    /// Whether what was reported is what was published; nil: that revision is too old to be known.
    private func isPublished(_ report: FleetReport) -> Bool? {
        guard report.revision > 0 else { return true }
        guard report.revision <= self.revision else { return false }
        return self.publications[report.revision].map { $0.digest == report.digest }
    }

    /// Makes sure that an instance is there and `owner`'s.
    private mutating func introduce(
        _ report: FleetReport, owner: String?, at moment: FleetMoment
    ) throws(FleetError) {
        try self.admit(report.id, owner: owner, at: moment)
        let known = self.instances[report.id]
        if let known, !known.isGone(at: moment.uptime, self.limits) { return }
        if known == nil, self.instances.count >= self.limits.instances { self.makeRoom(at: moment) }
        // Whoever comes back after it was given up is a new one, but for what is stored of it and its streams.
        var instance = Instance(report, owner: owner, at: moment)
        instance.savedLastSeen = known?.savedLastSeen
        if let known, known.owner == owner { instance.openStreams = known.openStreams }
        self.instances[report.id] = instance
        self.orphans.remove(report.id)
    }

    /// Gives up the instances that are gone.
    private mutating func makeRoom(at moment: FleetMoment) {
        let gone = self.instances.values.filter { $0.isGone(at: moment.uptime, self.limits) }
        for instance in gone {
            self.instances[instance.id] = nil
            if instance.savedLastSeen != nil { self.orphans.insert(instance.id) }
        }
    }

    private mutating func change(_ id: InstanceID, _ body: (inout Instance) -> Void) {
        guard var instance = self.instances.removeValue(forKey: id) else { return }
        body(&instance)
        self.instances[id] = instance
    }
}

extension Instance {
    /// Something was heard of it.
    fileprivate mutating func hear(at moment: FleetMoment) {
        if self.isRemembered { self.arrivedAt = moment.uptime }
        self.heardAt = moment.uptime
        self.lastSeen = moment.wall
        self.isRemembered = false
    }

    /// From a publication to the acknowledgement; nil when it was published before the instance was there to be told.
    fileprivate func delay(since publishedAt: Duration?) -> Duration? {
        guard let publishedAt, let acknowledgedAt = self.acknowledgedAt, publishedAt >= self.arrivedAt,
            acknowledgedAt >= publishedAt
        else { return nil }
        return acknowledgedAt - publishedAt
    }
}
