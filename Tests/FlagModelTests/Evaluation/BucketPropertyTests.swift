import FlagModel
import Testing

@Suite("Laws of bucketing")
struct BucketPropertyTests {
    /// 99.9 % quantile of the chi-square distribution with 99 degrees of freedom. The keys are the same in every run, so
    /// the verdict is as well.
    static let criticalValue = 148.23

    /// The buckets of a million keys under two seeds, counted in a table of ten rows (first seed) and columns (second),
    /// and under the first in a hundred cells.
    private static let counts: (cells: [Int], table: [Int]) = {
        var cells = [Int](repeating: 0, count: 100)
        var table = [Int](repeating: 0, count: 100)
        for number in 0..<1_000_000 {
            let key = "user-\(number)"
            let first = Int(Bucket(seed: "ENABLE_WEBSOCKET_TICKETS", key: key).position)
            let second = Int(Bucket(seed: "WEBSOCKET_TICKET_FALLBACK", key: key).position)
            cells[first / 1000] += 1
            table[first / 10_000 * 10 + second / 10_000] += 1
        }
        return (cells, table)
    }()

    private static func chiSquare(_ counts: [Int]) -> Double {
        let expected = Double(counts.reduce(0, +)) / Double(counts.count)
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }

    @Test("A million keys fill a hundred cells evenly: chi-square below its 99.9 % quantile")
    func uniform() {
        #expect(Self.chiSquare(Self.counts.cells) < Self.criticalValue)
    }

    @Test("Two seeds put the keys independently: the joint table of ten by ten is even as well")
    func independent() {
        #expect(Self.chiSquare(Self.counts.table) < Self.criticalValue)
    }

    @Test("Who is in at a percentage is in at every greater one")
    func monotone() throws {
        let shares = [0, 1, 10, 500, 1000, 5000, 10_000, 25_000, 50_000, 75_000, 99_999, 100_000] as [UInt32]
        let flags = try shares.map { thousandths in
            let percentage = try #require(Percentage(thousandths: thousandths))
            return CompiledFlag(
                key: "F",
                definition: Sample.toggle { $0.rollout = Rollout(variant: "on", percentage: percentage, seed: "F") })
        }
        for number in 0..<3000 {
            let context = EvaluationContext(targetingKey: "user-\(number)")
            var wasIn = false
            for flag in flags {
                let isIn = flag.evaluate(context).value == true
                #expect(isIn || !wasIn)
                wasIn = isIn
            }
            #expect(wasIn)
        }
    }

    @Test("The share of a hundred thousand users in a rollout is the percentage, within half a percent")
    func share() {
        for percent in [0.5, 10, 50, 90] {
            let percentage = Sample.share(percent)
            let count = (0..<100_000).count { Bucket(seed: "S", key: "user-\($0)").isIn(percentage) }
            #expect(abs(Double(count) / 1000 - percent) < 0.5)
        }
    }

    @Test("Renaming, pausing or restarting reshuffles nobody: only the seed decides")
    func stable() {
        let rollout = Rollout(variant: "on", percentage: Sample.share(30), seed: "stored")
        let before = CompiledFlag(key: "OLD", definition: Sample.toggle { $0.rollout = rollout })
        let after = CompiledFlag(
            key: "NEW",
            definition: Sample.toggle {
                $0.rollout = rollout
                $0.description = "renamed"
            })
        for number in 0..<1000 {
            let context = EvaluationContext(targetingKey: "user-\(number)")
            #expect(before.evaluate(context) == after.evaluate(context))
        }
    }
}
