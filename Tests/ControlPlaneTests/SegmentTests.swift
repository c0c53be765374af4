import ControlPlane
import FlagModel
import Testing

@Suite("Segments and prerequisites in commits")
struct SegmentTests {
    private static let staff = Segment(rule: ["ends_with": [["var": "email"], "@example.com"]])

    /// An environment in which the tickets flag uses the segment `staff`.
    private func fixture() async throws -> Fixture {
        let fixture = try await Fixture()
        var definition = Fixture.toggle("off")
        definition.targeting = ["if": [["$ref": "staff"], "on", nil]]
        try await fixture.commit(.putSegment("staff", Self.staff), .put(Fixture.tickets, definition))
        return fixture
    }

    @Test("A segment and the flag that uses it come in one revision, whatever the order of the steps")
    func together() async throws {
        let fixture = try await Fixture()
        var definition = Fixture.toggle("off")
        definition.targeting = ["$ref": "staff"]
        let outcome = try await fixture.commit(.put(Fixture.tickets, definition), .putSegment("staff", Self.staff))
        #expect(outcome.revision == 2)
        #expect(outcome.record?.segments == ["staff"])
        #expect(outcome.difference.entries.map(\.subject) == [.flag, .segment])
        #expect(try fixture.head.content.segments["staff"] == Self.staff)
    }

    @Test("A flag that names a segment which is not there is refused, with the place")
    func missing() async throws {
        let fixture = try await Fixture()
        var definition = Fixture.toggle("off")
        definition.targeting = ["$ref": "staff"]
        await #expect {
            try await fixture.commit(.put(Fixture.tickets, definition))
        } throws: { error in
            guard case .invalidContent(let issues)? = error as? ControlPlaneError else { return false }
            return issues.map(\.path) == ["flags.ENABLE_WEBSOCKET_TICKETS.targeting.$ref"]
        }
        #expect(try fixture.head.revision == 1)
    }

    @Test("Removing a segment in use is refused, with who uses it")
    func inUse() async throws {
        let fixture = try await self.fixture()
        let error = await #expect(throws: ControlPlaneError.self) { try await fixture.commit(.removeSegment("staff")) }
        #expect(
            error?.description == "the segment staff cannot be removed while it is used by the flag "
                + "ENABLE_WEBSOCKET_TICKETS; change these first, or in the same changeset")
    }

    @Test("A segment can be removed together with what uses it")
    func removedTogether() async throws {
        let fixture = try await self.fixture()
        try await fixture.commit(.removeSegment("staff"), .put(Fixture.tickets, Fixture.toggle("off")))
        #expect(try fixture.head.content.segments.isEmpty)
    }

    @Test("A segment that is not there cannot be removed; the nearest is suggested")
    func unknown() async throws {
        let fixture = try await self.fixture()
        let error = await #expect(throws: ControlPlaneError.self) { try await fixture.commit(.removeSegment("staf")) }
        #expect(error?.description.contains("there is no such segment; did you mean staff?") == true)
    }

    @Test("A rollback takes segments and metadata back with the flags")
    func rollback() async throws {
        let fixture = try await self.fixture()
        let digest = try fixture.head.snapshot.digest
        try await fixture.commit(.putSegment("staff", Segment(rule: false)))
        try await fixture.rollback()
        #expect(try fixture.head.content.segments["staff"] == Self.staff)
        #expect(try fixture.head.snapshot.digest == digest)
    }

    @Test("Removing a flag that another one requires is refused, with who requires it")
    func required() async throws {
        let fixture = try await Fixture()
        var definition = Fixture.toggle("off")
        definition.prerequisites = [Prerequisite(flag: Fixture.fallback, variant: "on")]
        try await fixture.commit(.put(Fixture.tickets, definition))
        let error = await #expect(throws: ControlPlaneError.self) {
            try await fixture.commit(.remove(Fixture.fallback))
        }
        #expect(error?.description.contains("is used by the flag ENABLE_WEBSOCKET_TICKETS") == true)
    }

    @Test("A circle of prerequisites is refused")
    func circle() async throws {
        let fixture = try await Fixture()
        var definition = Fixture.toggle("off")
        definition.prerequisites = [Prerequisite(flag: "OTHER", variant: "on")]
        var other = Fixture.toggle("off")
        other.prerequisites = [Prerequisite(flag: Fixture.tickets, variant: "on")]
        let error = await #expect(throws: ControlPlaneError.self) {
            try await fixture.commit(.put(Fixture.tickets, definition), .put("OTHER", other))
        }
        #expect(error?.description.contains("requires itself in a circle") == true)
    }

    @Test("A kill is not held up by a content that does not fit together")
    func kill() async throws {
        let fixture = try await self.fixture()
        let outcome = try await fixture.kill(Fixture.tickets)
        #expect(outcome.isChanged)
    }

    @Test("A document adds segments, and with prune removes those that it does not name")
    func apply() async throws {
        let fixture = try await Fixture()
        var document = try Fixture.document()
        document.segments["staff"] = Self.staff
        document.metadata = ["team": "auth"]
        _ = try await fixture.plane.apply(document, reason: "more", by: Fixture.admin)
        #expect(try fixture.head.content.segments == ["staff": Self.staff])
        #expect(try fixture.head.content.metadata == ["team": "auth"])
        let again = try await fixture.plane.apply(document, reason: "again", by: Fixture.admin)
        #expect(!again.isChanged)
        document.segments = [:]
        document.metadata = nil
        _ = try await fixture.plane.apply(document, reason: "other", by: Fixture.admin)
        #expect(try fixture.head.content.segments == ["staff": Self.staff])
        _ = try await fixture.plane.apply(document, prune: true, reason: "less", by: Fixture.admin)
        #expect(try fixture.head.content.segments.isEmpty)
        #expect(try fixture.head.content.metadata == ["team": "auth"])
    }

    @Test("The audit verifies over segments and metadata")
    func audit() async throws {
        let fixture = try await self.fixture()
        try await fixture.commit(.putSegment("staff", Segment(rule: false)), .putSegment("t", Segment(rule: true)))
        try await fixture.commit(.removeSegment("t"))
        #expect(try await fixture.plane.verifyAudit().fault == nil)
    }
}
