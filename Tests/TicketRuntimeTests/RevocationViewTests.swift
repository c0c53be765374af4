import Testing

@testable import TicketRuntime

@Suite("What is known of revocations")
struct RevocationViewTests {
    @Test("Nothing is known before the first answer")
    func unknown() {
        let view = RevocationView()
        #expect(!view.isFresh(at: 0, lease: 100))
        #expect(view.generation(in: "", at: 0, lease: 100) == nil)
    }

    @Test("An answer counts from when it was asked for, until the lease ends")
    func lease() {
        var view = RevocationView()
        view.learn(7, in: "a", askedAt: 10)
        #expect(view.generation(in: "a", at: 109, lease: 100) == 7)
        #expect(view.generation(in: "a", at: 110, lease: 100) == nil)
    }

    @Test("An answer says nothing about another primary")
    func otherPrimary() {
        var view = RevocationView()
        view.learn(7, in: "a", askedAt: 10)
        #expect(view.generation(in: "b", at: 11, lease: 100) == nil)
        view.moved(to: "b")
        #expect(!view.isFresh(at: 11, lease: 100))
        #expect(view.stamp == .init(epoch: "b", generation: 0))
    }

    @Test("An answer that comes late does not replace one that was asked for later")
    func reordered() {
        var view = RevocationView()
        view.learn(8, in: "a", askedAt: 20)
        view.learn(7, in: "a", askedAt: 10)
        view.learn(7, in: "a", askedAt: 20)
        #expect(view.generation(in: "a", at: 21, lease: 100) == 8)
    }
}
