import AllocationCounter
import BenchmarkSupport
import Foundation

/// Prints the table of ratios. Each row's two sides are run in turn, several times, in one run of this program.
@main
struct Bench {
    var server = ""
    var bareHandler = ""
    var project = "."
    var runs = 7
    var only: String?

    static func main() async throws {
        var bench = Bench()
        var arguments = CommandLine.arguments.dropFirst()
        while let name = arguments.popFirst() {
            guard let value = arguments.popFirst() else { throw BenchmarkError("\(name) takes a value") }
            switch name {
            case "--server": bench.server = value
            case "--bare-handler": bench.bareHandler = value
            case "--project": bench.project = value
            case "--runs": bench.runs = max(1, Int(value) ?? bench.runs)
            case "--only": bench.only = value
            default:
                throw BenchmarkError("unknown option \(name); there are --runs N, --only tickets|http|ofrep|evaluate")
            }
        }
        Self.print("| what | ours | beside us | ratio | target |")
        Self.print("| --- | --- | --- | --- | --- |")
        if bench.wants("tickets") { try await bench.tickets() }
        if bench.wants("http") { try bench.http() }
        if bench.wants("ofrep") { try bench.ofrep() }
        if bench.wants("evaluate") { bench.evaluations() }
        Self.print("")
        Self.print("Medians of \(bench.runs) alternating runs; the ratio is the median of the runs' ratios.")
    }

    private func wants(_ part: String) -> Bool { self.only == nil || self.only == part }

    /// Writes a line at once, also into a file.
    static func print(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// Single evaluations, which nothing stands beside.
    private func evaluations() {
        let evaluations = Evaluations()
        precondition(allocation_count() > 0, "this program's malloc is not the one in use")
        for kind in Evaluations.Kind.allCases {
            _ = evaluations.measure(kind, evaluations: 100_000)
            let time = Statistics.median(
                (0..<self.runs).map { _ in evaluations.measure(kind, evaluations: 2_000_000) })
            let allocations = evaluations.allocations(kind, evaluations: 1000)
            Self.print(
                "| \(kind.title) | \(time.formatted(decimals: 0)) ns, \(allocations.formatted(decimals: 1)) allocations | | | < "
                    + "\(kind.mostNanoseconds.formatted(decimals: 0)) ns |")
        }
    }

    /// Issue and consume against redis-benchmark with the same two commands.
    private func tickets() async throws {
        let port = 20_000 + Int.random(in: 0..<20_000)
        let redis = try Program(
            "redis-server",
            ["--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        defer { redis.stop() }
        _ = try redis.line(containing: "Ready to accept connections")
        let pairs = TicketPairs(port: port)
        // A key and a record of the length that TicketRuntime writes: STRLEN of a ticket of these users says 122 to 128.
        let reference = RedisBenchmark(
            port: port, keyPrefix: TicketPairs.prefix + ":benchmark:" + String(repeating: "k", count: 31),
            payload: String(repeating: "r", count: 125))

        var throughput = Row(
            title: "issue + consume, 256 tasks", unit: "pairs/s", reference: "redis-benchmark -c 1 -P 256",
            target: .atLeast(0.8))
        var latency = Row(
            title: "issue + consume, one at a time", unit: "µs", reference: "redis-benchmark -c 1 -P 1",
            target: .atMost(1.35))
        for _ in 0..<self.runs {
            throughput.ours.append(try await pairs.measure(pairs: 200_000, .concurrent(tasks: 256)))
            throughput.theirs.append(try reference.pairs(requests: 200_000, pipeline: 256))
            latency.ours.append(1e6 / (try await pairs.measure(pairs: 10_000, .sequential)))
            latency.theirs.append(1e6 / (try reference.pairs(requests: 10_000, pipeline: 1)))
        }
        Self.print(throughput.markdown)
        Self.print(latency.markdown)
    }

    /// `POST /websocket/ticket` with an HS256 JWT against a handler that only answers.
    private func http() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        let bare = try Program(self.bareHandler, [])
        defer { bare.stop() }
        let port = try bare.line(containing: "listening on port").split(separator: " ").last ?? "0"

        try self.environmentForEveryone(in: folder)
        let environment = [
            "SIGNALBOX_LISTEN": "127.0.0.1:0", "SIGNALBOX_DATABASE": folder.path + "/signalbox.sqlite",
            "SIGNALBOX_ENVIRONMENTS_DIR": folder.path + "/environments", "SIGNALBOX_LOG_LEVEL": "warning",
            "SIGNALBOX_MIGRATIONS_DIR": self.project + "/migrations",
        ]
        let jwtSource = try Program(self.server, [], environment: environment, directory: folder.path)
        let address = try jwtSource.line(containing: "FlagServer listening on").split(separator: " ").last ?? ""
        defer { jwtSource.stop() }
        let jwt = try Program.run(
            self.server, ["development-jwt", "--subject", "bench"], environment: environment)
        let ours = HTTPLoad(
            address: String(address), path: "/websocket/ticket",
            token: jwt.trimmingCharacters(in: .whitespacesAndNewlines), body: "{}")
        var theirs = ours
        theirs.address = "http://127.0.0.1:\(port)"
        try self.compare(ours, theirs, as: "POST /websocket/ticket, HS256")
    }

    /// Loads our server and the bare handler in turn and prints their row.
    func compare(_ ours: HTTPLoad, _ theirs: HTTPLoad, as title: String) throws {
        var row = Row(
            title: title, unit: "requests/s", reference: "bare handler, wrk -c 64", target: .atLeast(0.5))
        _ = try ours.measure(seconds: 1)
        _ = try theirs.measure(seconds: 1)
        for _ in 0..<self.runs {
            row.ours.append(try ours.measure(seconds: 3))
            row.theirs.append(try theirs.measure(seconds: 3))
        }
        Self.print(row.markdown)
    }

    /// The project's development environment, with tickets for everyone.
    private func environmentForEveryone(in folder: URL) throws {
        let target = folder.appendingPathComponent("environments")
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        let text = try String(contentsOfFile: self.project + "/environments/development.yaml", encoding: .utf8)
        let changed = text.replacingOccurrences(of: "percentage: 0,", with: "percentage: 100,")
        guard changed != text else {
            throw BenchmarkError("environments/development.yaml has no rollout at 0 % to open")
        }
        try changed.write(to: target.appendingPathComponent("development.yaml"), atomically: true, encoding: .utf8)
    }
}
