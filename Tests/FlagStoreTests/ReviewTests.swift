import ControlPlane
import FlagModel
import FlagStore
import Testing

@Suite("Stored reviews")
struct ReviewTests {
    private static let other = Author(name: "nils", role: .operator)

    @Test("A review and its closing are there after the file was closed and opened")
    func persistence() async throws {
        var fixture = try await Fixture()
        let killed = try await fixture.plane.kill(
            Fixture.tickets, in: Fixture.environment, reason: "stop it", by: Fixture.author)
        fixture = try await fixture.reopened()
        let open = try #require(try await fixture.plane.reviews(of: Fixture.environment).first)
        #expect(open.id == killed.review && open.flags == [Fixture.tickets] && open.revision == killed.revision)
        let closed = try await fixture.plane.closeReview(
            open.id, in: Fixture.environment, note: "was right", by: Self.other)
        fixture = try await fixture.reopened()
        #expect(try await fixture.plane.review(open.id, in: Fixture.environment) == closed)
        #expect(try await fixture.plane.reviews(of: Fixture.environment).isEmpty)
        #expect(try await fixture.plane.verifyAudit().fault == nil)
    }

    @Test("They come newest first, page by page")
    func pages() async throws {
        let fixture = try await Fixture()
        for _ in 0..<3 {
            _ = try await fixture.plane.kill(
                Fixture.tickets, in: Fixture.environment, reason: "off", by: Fixture.author)
            try await fixture.commit(.enable(Fixture.tickets))
        }
        let page = try await fixture.plane.reviews(of: Fixture.environment, limit: 2)
        #expect(page.map(\.id) == [3, 2])
        #expect(try await fixture.plane.reviews(of: Fixture.environment, before: 2).map(\.id) == [1])
    }
}
