import BenchmarkSupport
import Foundation

/// Prints how long a change takes until all who watch have it: our event stream, and etcd's watch beside it.
@main
struct Fanout {
    var server = ""
    var flagctl = ""
    var project = "."
    var runs = 5
    var commits = 20
    var only: String?

    static func main() async throws {
        var fanout = Fanout()
        var arguments = CommandLine.arguments.dropFirst()
        while let name = arguments.popFirst() {
            guard let value = arguments.popFirst() else { throw BenchmarkError("\(name) takes a value") }
            switch name {
            case "--server": fanout.server = value
            case "--flagctl": fanout.flagctl = value
            case "--project": fanout.project = value
            case "--runs": fanout.runs = max(1, Int(value) ?? fanout.runs)
            case "--commits": fanout.commits = min(max(1, Int(value) ?? fanout.commits), 99)
            case "--only": fanout.only = value
            default:
                throw BenchmarkError(
                    "unknown option \(name); there are --runs N, --commits N, --only etcd|many|rollback")
            }
        }
        try Descriptors.raise()
        say("| what | measured | target |")
        say("| --- | --- | --- |")
        if fanout.only ?? "etcd" == "etcd" { try await fanout.againstEtcd() }
        if fanout.only ?? "many" == "many" { try await fanout.many() }
        if fanout.only ?? "rollback" == "rollback" { try await fanout.rollback() }
        say(
            """

            Medians of \(fanout.runs) runs; in each, \(fanout.commits) changes, one after the other, after a first that
            finds everything cold and is not counted. From the request that makes the change being sent, its commit included,
            to the subscriber having applied it. Subscribers, server and etcd share this machine. Parsing and verifying the
            same bytes on the same base is done once for all subscribers in the process, but where it says otherwise; etcd's
            watchers parse each for itself.
            """)
    }

    /// 1,000 subscribers against 1,000 of etcd's watchers, in turn.
    private func againstEtcd() async throws {
        var ours: [Delay] = []
        var alone: [Delay] = []
        var theirs: [Delay] = []
        for _ in 0..<self.runs {
            ours.append(try await self.measureOurs(subscribers: 1000, sharing: SharedWork()).delay)
            alone.append(try await self.measureOurs(subscribers: 1000, sharing: nil).delay)
            theirs.append(try await self.measureEtcd(watchers: 1000))
        }
        let ratio = Statistics.median(zip(ours, theirs).map { $1.p99 / $0.p99 })
        say(
            "| change to applied, 1,000 subscribers | p50 \(Delay.median(ours, \.p50)), p99 **\(Delay.median(ours, \.p99))** ms "
                + "| p99 ≤ 20 ms |")
        say(
            "| the same, each of them parsing and verifying for itself | p50 \(Delay.median(alone, \.p50)), p99 "
                + "\(Delay.median(alone, \.p99)) ms | |")
        say(
            "| beside it etcd's watch, 1,000 watchers | p50 \(Delay.median(theirs, \.p50)), p99 \(Delay.median(theirs, \.p99)) ms: "
                + "**\(String(format: "%.1f", ratio))** times ours | ≥ 2.0 times |")
    }

    /// 10,000 subscribers, and what they cost the server.
    private func many() async throws {
        var results: [Measurement] = []
        for _ in 0..<self.runs {
            results.append(try await self.measureOurs(subscribers: 10_000, sharing: SharedWork()))
        }
        let memory = Statistics.median(results.map(\.memoryPerSubscriber)) / 1024
        let delays = results.map(\.delay)
        say(
            "| change to applied, 10,000 subscribers | p50 \(Delay.median(delays, \.p50)), p99 **\(Delay.median(delays, \.p99))** ms "
                + "| p99 ≤ 250 ms |")
        say("| server memory for each of them | **\(String(format: "%.1f", memory))** KB | ≤ 20 KB |")
    }

    /// What one measurement gives.
    private struct Measurement {
        var delay: Delay
        /// In bytes.
        var memoryPerSubscriber: Double
    }

    private func measureOurs(subscribers: Int, sharing shared: SharedWork?) async throws -> Measurement {
        let server = try FlagServerProcess(path: self.server, project: self.project)
        defer { server.stop() }
        let before = try server.residentBytes()
        let swarm = try await Swarm.connect(subscribers, port: server.port, request: server.streamRequest) {
            EnvironmentSubscriber(sharing: shared)
        }
        defer { swarm.disconnect() }
        try await swarm.arrivals.wait(for: 1)
        let memory = Double(try server.residentBytes() - before) / Double(subscribers)
        let writer = try await Writer.connect(port: server.port)
        defer { writer.disconnect() }
        var samples: [Double] = []
        for change in 0...self.commits {
            let revision = 2 + change
            let start = ContinuousClock.now
            writer.send(server.changeRequest(percentage: change + 1, base: revision - 1))
            let delays = try await swarm.arrivals.wait(for: revision, since: start)
            if change > 0 { samples += delays }
        }
        return Measurement(delay: Delay(samples), memoryPerSubscriber: memory)
    }

    private func measureEtcd(watchers: Int) async throws -> Delay {
        let etcd = try EtcdProcess()
        defer { etcd.stop() }
        let swarm = try await Swarm.connect(watchers, port: etcd.port, request: EtcdProcess.watchRequest) {
            EtcdWatcher()
        }
        defer { swarm.disconnect() }
        try await swarm.arrivals.wait(for: 0)
        let writer = try await Writer.connect(port: etcd.port)
        defer { writer.disconnect() }
        var samples: [Double] = []
        for change in 0...self.commits {
            let start = ContinuousClock.now
            writer.send(EtcdProcess.putRequest(number: change + 1))
            let delays = try await swarm.arrivals.wait(for: change + 1, since: start)
            if change > 0 { samples += delays }
        }
        return Delay(samples)
    }

    /// The wall time of `flagctl rollback --wait` with 100 instances that acknowledge.
    private func rollback() async throws {
        var times: [Double] = []
        for _ in 0..<self.runs {
            let server = try FlagServerProcess(path: self.server, project: self.project)
            defer { server.stop() }
            let fleet = Fleet(count: 100, port: server.port)
            try await fleet.run {
                let writer = try await Writer.connect(port: server.port)
                defer { writer.disconnect() }
                writer.send(server.changeRequest(percentage: 10, base: 1))
                let start = ContinuousClock.now
                let output = try Program.run(
                    self.flagctl,
                    ["rollback", "development", "--reason", "benchmark", "--wait"], environment: server.access)
                times.append((ContinuousClock.now - start) / .milliseconds(1))
                guard output.contains("101 of 101 instances") else {
                    throw BenchmarkError("flagctl rollback printed something else:\n\(output)")
                }
            }
        }
        say(
            "| `flagctl rollback --wait`, 100 instances | **\(String(format: "%.0f", Statistics.median(times)))** ms "
                + "| ≤ 150 ms |")
    }
}

/// Writes a line at once, also into a file.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
