import FlagAPI
import FlagModel
import Testing

@testable import FlagClient

@Suite("An event of the stream")
struct StreamReadingTests {
    private func read(_ name: String, _ json: JSONValue, id: String?, base: Snapshot? = nil) -> StreamReading {
        StreamReading(
            ServerSentEvent(name: name, data: Array(json.canonical.utf8), id: id),
            base: base.map { AppliedSnapshot($0, after: nil) }, environment: "staging")
    }

    @Test("whose revision is not the one that its id names does not fit, though the digest is right")
    func misnumbered() throws {
        let base = try Samples.snapshot(1)
        let next = try Samples.snapshot(2, greeting: "bye")
        let id = StreamPosition(next).description
        guard case .snapshot(let applied) = self.read("delta", next.delta(from: base).json, id: id, base: base) else {
            Issue.record("the delta is good")
            return
        }
        #expect(applied.snapshot.revision == 2 && applied.snapshot.digest == next.digest)
        var delta = next.delta(from: base)
        delta.to = 3
        let misnumbered = Snapshot(environment: "staging", revision: 3, content: next.content)
        for reading in [
            self.read("delta", delta.json, id: id, base: base), self.read("snapshot", misnumbered.json, id: id),
        ] {
            guard case .misfit(let reason) = reading else {
                Issue.record("it was taken: \(reading)")
                continue
            }
            #expect(reason.contains(id))
        }
    }

    @Test("without an id is judged by its digest alone")
    func withoutID() throws {
        let snapshot = try Samples.snapshot(2)
        guard case .snapshot = self.read("snapshot", snapshot.json, id: nil) else {
            Issue.record("it is good")
            return
        }
    }
}
