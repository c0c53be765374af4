import Foundation
import Testing

@testable import FlagModel

@Suite("Agreement with flagd's evaluator in Python")
struct FlagdAgreementTests {
    /// How many contexts are evaluated by both.
    private static let contexts = 100_000

    @Test("100,000 random contexts get the same variant, value and reason from an exported flag as from ours")
    func agreement() throws {
        let content = try FlagdAgreementFlags.content()
        let export = FlagdDocument.export(content)
        #expect(export.refusals == [])
        let snapshot = Snapshot(environment: "production", revision: 1, content: content)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flagd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let questions = folder.appendingPathComponent("questions"), answers = folder.appendingPathComponent("answers")

        // flagd knows neither SPLIT nor what it means to require another flag: there only what is served is compared.
        let exact = content.flags.filter { $0.value.rollout == nil && $0.value.prerequisites.isEmpty }.keys
        let head: JSONValue = [
            "document": export.document, "exact": .array(exact.map { .string($0.text) }),
            "types": .object(
                Dictionary(
                    uniqueKeysWithValues: content.flags.map { ($0.key.text, .string($0.value.type.rawValue)) })),
        ]
        var random = FlagdAgreementContexts()
        let keys = content.flags.keys.sorted()
        let flags = Dictionary(uniqueKeysWithValues: keys.compactMap { key in snapshot[key].map { (key, $0) } })
        var asked = [head.canonical]
        var ours: [String] = []
        for _ in 0..<Self.contexts {
            let (context, json) = random.next()
            let chosen = random.some(of: keys)
            asked.append("{\"c\":\(json),\"f\":[\(chosen.map { "\"\($0)\"" }.joined(separator: ","))]}")
            ours.append(
                chosen.map { key in
                    guard let flag = flags[key] else { return "" }
                    return Self.spell(flag.evaluate(context, timestamp: 1_772_600_767), isExact: exact.contains(key))
                }.joined(separator: "|"))
        }
        #expect(Set(ours).count > 1000, "the contexts do not bring out what the flags can answer")
        try Data((asked.joined(separator: "\n") + "\n").utf8).write(to: questions)
        try FlagdPython.run(script: "flagd_agreement.py", [questions.path, answers.path])

        let theirs = try String(contentsOf: answers, encoding: .utf8)
        guard theirs != ours.joined(separator: "\n") + "\n" else { return }
        let lines = theirs.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == ours.count + 1)
        let differences = zip(ours, lines).enumerated().filter { $0.element.0 != $0.element.1 }
        Issue.record("\(differences.count) differences")
        for (position, (our, their)) in differences.prefix(20) {
            Issue.record("\(asked[position + 1])\nours:   \(our)\ntheirs: \(their)")
        }
    }

    /// An answer as the script writes it.
    private static func spell(_ answer: Evaluation, isExact: Bool) -> String {
        if answer.reason == .error { return "ERROR" }
        let reason = isExact || answer.reason == .disabled ? answer.reason.rawValue : "-"
        guard let variant = answer.variant, let value = answer.value else { return "none \(reason)" }
        return "\(variant) \(value.canonical) \(reason)"
    }
}
