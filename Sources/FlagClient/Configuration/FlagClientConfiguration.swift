public import FlagModel
public import Logging

/// All that a ``FlagClient`` has to be told.
public struct FlagClientConfiguration: Sendable {
    /// The control plane: `https://flags.example.com`, with a port and a path where there are any.
    public var server: String
    /// The environment whose flags are read.
    public var environment: EnvironmentName
    /// The access token, good for that environment.
    public var token: AccessToken
    /// Who the client is, for those who look at the fleet.
    public var instance: InstanceIdentity
    /// Where the last-known-good snapshot is kept, so that a restart without the control plane finds its flags; nil:
    /// nowhere. The folder has to exist; the file is readable by its owner alone. Each environment needs a file of its own.
    public var cachePath: String?
    /// How long the client waits for what.
    public var timings = FlagClientTimings()
    /// The most bytes that a snapshot may have, in a stream, an answer or the cache. 1 KiB to 1 GiB; 64 MiB.
    public var maximumSnapshotBytes = 64 << 20
    /// Where the client writes what operators should know. Never a value of a flag, never the token.
    public var logger = Logger(label: "FlagClient")
    /// Gets each snapshot before flags answer by it, and before the control plane is told that it is in force here: for
    /// what works by all flags of one moment, such as a policy, and has to be changed when the fleet's list says so.
    /// ``FlagClient/snapshots`` says it later. The second parameter are the flags that serve their safe variant because
    /// nothing is heard of the control plane (`onStale`); when these change, the snapshot in force is handed over again.
    ///
    /// Called in the order of the revisions, one at a time, the cache's first; the client waits for it, so it has to return
    /// soon. Nil: nothing.
    public var onSnapshot: (@Sendable (_ snapshot: Snapshot, _ stale: Set<FlagKey>) -> Void)?

    /// What else is counted in this process, for the guards of rollouts and for metrics: of a `TicketRuntime`, its `counts`.
    /// Asked about once a second; what it returns must only grow. Nil: nothing.
    public var telemetry: (@Sendable () -> TelemetryCounts)?

    /// A configuration with the defaults for what is not named.
    public init(
        server: String, environment: EnvironmentName, token: AccessToken, instance: InstanceIdentity,
        cachePath: String? = nil
    ) {
        self.server = server
        self.environment = environment
        self.token = token
        self.instance = instance
        self.cachePath = cachePath
    }

    /// What is wrong with the configuration: each fault with its place and the cure.
    var faults: [String] {
        var faults = self.timings.faults
        if let fault = ServerAddress.fault(of: self.server) { faults.append("server \(fault)") }
        if let fault = self.token.fault { faults.append("token \(fault)") }
        if !FlagKey.isValid(self.instance.id) {
            faults.append("instance.id has to be 1 to 100 characters of A-Z a-z 0-9 . _ -")
        }
        if !(1...100).contains(self.instance.name.count) {
            faults.append("instance.name has to be 1 to 100 characters")
        }
        if (self.instance.version?.count ?? 0) > 100 { faults.append("instance.version has more than 100 characters") }
        if self.instance.labels.count > 16 { faults.append("instance.labels are more than 16") }
        for (name, value) in self.instance.labels where !(1...100).contains(name.count) || value.count > 100 {
            faults.append("instance.labels: \(name.prefix(100)) or its value has more than 100 characters, or no name")
        }
        if self.cachePath?.isEmpty == true { faults.append("cachePath is empty; nil stands for no cache") }
        if !(1 << 10...1 << 30).contains(self.maximumSnapshotBytes) {
            faults.append("maximumSnapshotBytes is \(self.maximumSnapshotBytes), it may be 1 KiB to 1 GiB")
        }
        return faults
    }
}
