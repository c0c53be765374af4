import FlagModel
import NIOCore
import Testing

@testable import FlagServer

@Suite("A revision as bytes")
struct RevisionFramesTests {
    static func snapshot(_ revision: Int64) -> Snapshot {
        let flag = FlagDefinition(type: .integer, variants: ["default": .integer(revision)], defaultVariant: "default")
        return Snapshot(
            environment: "development", revision: revision, content: EnvironmentContent(flags: ["N": flag]))
    }

    static let madeAt = Timestamp(millisecondsSinceEpoch: 1_771_622_898_500)

    /// Frames at a revision, with those before it published one after the other.
    static func frames(from first: Int64 = 1, to last: Int64) -> RevisionFrames {
        let frames = RevisionFrames(Self.snapshot(first), madeAt: Self.madeAt)
        for revision in first...last where revision > first {
            frames.publish(Self.snapshot(revision), madeAt: Self.madeAt)
        }
        return frames
    }

    /// The lines of a frame.
    static func lines(_ frame: ByteBuffer) -> [Substring] {
        String(buffer: frame).split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func json(_ frame: ByteBuffer) throws -> JSONValue {
        let data = try #require(Self.lines(frame).first { $0.hasPrefix("data: ") })
        return try JSONParser.parse(String(data.dropFirst(6)))
    }

    @Test("A snapshot is one event: id, name, canonical JSON on one line, an empty line")
    func snapshotFrame() throws {
        let (revision, frame) = try #require(Self.frames(to: 3).frame(after: nil))
        let newest = Self.snapshot(3)
        #expect(revision == 3)
        #expect(
            Self.lines(frame) == [
                "id: 3-\(newest.digest.prefix(16))", "event: snapshot", "data: \(newest.json.canonical)", "", "",
            ])
    }

    @Test("A delta leads from the revision before to the newest, and applied gives its digest")
    func deltaFrame() throws {
        let (_, frame) = try #require(Self.frames(to: 3).frame(after: 2))
        #expect(Self.lines(frame)[1] == "event: delta")
        let delta = try SnapshotDelta(json: try Self.json(frame))
        #expect(delta.from == 2 && delta.to == 3)
        #expect(try Self.snapshot(2).applying(delta).digest == Self.snapshot(3).digest)
    }

    @Test("Who was skipped gets one delta over all that it missed")
    func skipping() throws {
        let (revision, frame) = try #require(Self.frames(to: 6).frame(after: 2))
        #expect(revision == 6)
        let delta = try SnapshotDelta(json: try Self.json(frame))
        #expect(delta.from == 2 && delta.to == 6)
    }

    @Test("Who missed more than is kept gets the snapshot")
    func tooOld() throws {
        let (revision, frame) = try #require(Self.frames(to: 20).frame(after: 2))
        #expect(revision == 20)
        #expect(Self.lines(frame)[1] == "event: snapshot")
    }

    @Test("A revision from the history is taken in, and gone on from")
    func remembered() throws {
        let frames = RevisionFrames(Self.snapshot(9), madeAt: Self.madeAt)
        let position = StreamPosition(Self.snapshot(4))
        #expect(frames.isKnown(position) == nil)
        frames.remember(Self.snapshot(4))
        #expect(frames.isKnown(position) == true)
        let (_, frame) = try #require(frames.frame(after: 4))
        #expect(try SnapshotDelta(json: try Self.json(frame)).from == 4)
    }

    @Test("Who has the newest gets nothing")
    func current() {
        let frames = Self.frames(to: 3)
        #expect(frames.frame(after: 3) == nil)
        #expect(frames.isKnown(StreamPosition(Self.snapshot(3))) == true)
    }

    @Test("A place of another digest, or from the future, is not gone on from")
    func foreign() throws {
        let frames = Self.frames(to: 3)
        #expect(frames.isKnown(try #require(StreamPosition("3-0123456789abcdef"))) == false)
        #expect(frames.isKnown(try #require(StreamPosition("2-0123456789abcdef"))) == false)
        #expect(frames.isKnown(try #require(StreamPosition("4-0123456789abcdef"))) == false)
    }

    @Test("Everyone shares the same bytes")
    func shared() throws {
        let frames = Self.frames(to: 3)
        for revision in [nil, 2] as [Int64?] {
            let first = try #require(frames.frame(after: revision)?.frame)
            let second = try #require(frames.frame(after: revision)?.frame)
            let places = [first, second].map { frame in frame.withUnsafeReadableBytes { $0.baseAddress } }
            #expect(places[0] == places[1])
        }
    }

    @Test("A revision that comes late changes nothing")
    func late() {
        let frames = Self.frames(to: 3)
        frames.publish(Self.snapshot(2), madeAt: Self.madeAt)
        #expect(frames.newest.revision == 3)
    }

    @Test("OpenFeature's clients are told to evaluate again, with the digest as tag and the time in seconds")
    func change() throws {
        let frames = Self.frames(to: 3)
        let (revision, frame) = try #require(frames.change(after: 1))
        #expect(revision == 3 && frames.change(after: 3) == nil)
        #expect(Self.lines(frame).prefix(2) == ["id: 3", "event: message"])
        let expected: JSONValue = [
            "type": "refetchEvaluation", "etag": .string("\"\(Self.snapshot(3).digest)\""),
            "lastModified": 1_771_622_898,
        ]
        #expect(try Self.json(frame) == expected)
    }
}
