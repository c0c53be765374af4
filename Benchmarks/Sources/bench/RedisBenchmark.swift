import BenchmarkSupport
import Foundation

/// redis-benchmark, with the two commands that a ticket costs.
struct RedisBenchmark {
    var port: Int
    var keyPrefix: String
    var payload: String

    /// Pairs per second: one command of each kind after the other.
    func pairs(requests: Int, pipeline: Int) throws -> Double {
        let issue = try self.issue(requests: requests, pipeline: pipeline)
        let consume = try self.consume(requests: requests, pipeline: pipeline)
        return 1 / (1 / issue + 1 / consume)
    }

    /// Requests per second of issuing: every key is new.
    func issue(requests: Int, pipeline: Int) throws -> Double {
        try self.measure(
            requests, pipeline, keys: 1_000_000_000,
            ["SET", self.keyPrefix + "__rand_int__", self.payload, "NX", "PX", "30000"])
    }

    /// Requests per second of consuming: the keys exist, but for one in a hundred.
    func consume(requests: Int, pipeline: Int) throws -> Double {
        let key = self.keyPrefix + "__rand_int__"
        _ = try self.measure(5 * Self.keys, 256, keys: Self.keys, ["SET", key, self.payload])
        return try self.measure(
            requests, pipeline, keys: Self.keys, ["SET", key, "S000001700000000bench", "XX", "GET", "EX", "60"])
    }

    private static let keys = 100_000

    private func measure(_ requests: Int, _ pipeline: Int, keys: Int, _ command: [String]) throws -> Double {
        let output = try Program.run(
            "redis-benchmark",
            ["-p", "\(self.port)", "-n", "\(requests)", "-c", "1", "-P", "\(pipeline)", "-r", "\(keys)", "--csv"]
                + command)
        // "test","rps",… and then the one line of figures.
        guard let line = output.split(separator: "\n").last,
            let figure = line.split(separator: "\",\"").dropFirst().first, let rate = Double(figure)
        else { throw BenchmarkError("redis-benchmark printed something else: \(output)") }
        return rate
    }
}
