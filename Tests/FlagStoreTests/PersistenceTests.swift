import ControlPlane
import FlagModel
import FlagStore
import Foundation
import Testing

@Suite("What is stored")
struct PersistenceTests {
    @Test(
        "Whatever is committed, every revision reads back as it was made, and differences agree with digests",
        arguments: 1...6)
    func law(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var fixture = try await Fixture(empty: true)
        let document = EnvironmentDocument(name: Fixture.environment, settings: EnvironmentSettings(), flags: [:])
        _ = try await fixture.plane.apply(document, reason: "new", by: Fixture.author)
        var contents = [EnvironmentContent()]
        for _ in 0..<60 {
            let current = contents[contents.count - 1]
            let changes = (0..<Int.random(in: 1...4, using: &random)).map { _ in RandomChange.next(using: &random) }
            var next: EnvironmentContent
            do {
                next = try current.applying(changes)
            } catch {
                continue
            }
            for case .revokeTickets(let moment) in changes {
                next.revokeTickets(before: moment, revision: Int64(contents.count))
            }
            let outcome = try await fixture.plane.commit(
                Changeset(baseRevision: Int64(contents.count - 1), reason: "random", changes: changes),
                in: Fixture.environment, by: Fixture.author)
            #expect(outcome.isChanged == (next != current))
            if outcome.isChanged { contents.append(next) }
        }
        fixture = try await fixture.reopened()
        let head = try fixture.plane.head(of: Fixture.environment)
        #expect(head.revision == Int64(contents.count - 1))
        #expect(head.content == contents.last)
        for (revision, content) in contents.enumerated() {
            let snapshot = try await fixture.plane.snapshot(of: Fixture.environment, at: Int64(revision))
            #expect(snapshot.content == content)
            let other = Int.random(in: contents.indices, using: &random)
            let difference = try await fixture.plane.difference(
                in: Fixture.environment, from: Int64(revision), to: Int64(other))
            #expect(difference == ContentDifference(from: content, to: contents[other]))
            let otherDigest = Snapshot.digest(of: contents[other], in: Fixture.environment)
            #expect(difference.isEmpty == (snapshot.digest == otherDigest))
        }
        #expect(try await fixture.plane.verifyAudit().fault == nil)
    }

    @Test("Metadata and segments are kept with each revision")
    func parts() async throws {
        var fixture = try await Fixture(empty: true)
        let name = Fixture.environment
        for round in 1...3 {
            let content = EnvironmentContent(
                segments: ["s": Segment(rule: .integer(Int64(round)))],
                metadata: round == 3 ? [:] : ["round": .integer(Int64(round)), "half": 0.5])
            _ = try await fixture.plane.apply(
                EnvironmentDocument(name: name, content: content), reason: "r", by: Fixture.author)
        }
        fixture = try await fixture.reopened()
        #expect(try await fixture.plane.snapshot(of: name, at: 1).content.metadata == ["round": 1, "half": 0.5])
        #expect(try await fixture.plane.snapshot(of: name, at: 2).content.segments["s"]?.rule == 2)
        #expect(try fixture.plane.head(of: name).content.metadata.isEmpty)
        #expect(try await fixture.plane.history(of: name).revisions.map(\.segments) == [["s"], ["s"], ["s"]])
        #expect(try await fixture.plane.verifyAudit().fault == nil)
    }

    @Test("A store that is opened again has the same head, history, audit and tokens")
    func reopened() async throws {
        let fixture = try await Fixture()
        for step in 1...20 { try await fixture.commit(Fixture.percent(UInt32(step * 1000))) }
        _ = try await fixture.plane.apply(try Fixture.document("staging"), reason: "new", by: Fixture.author)
        _ = try await fixture.plane.rollback(in: Fixture.environment, to: 7, reason: "x", by: Fixture.author)
        let hash = try #require(TokenHash([UInt8](repeating: 7, count: 32)))
        let grant = TokenGrant(
            name: "ci", role: .releaseManager, environments: ["staging", "development"],
            expiresAt: Fixture.now().advanced(byMilliseconds: 3_600_000))
        let token = try await fixture.plane.createToken(grant, hash: hash, by: Fixture.author)
        let history = try await fixture.plane.history(of: Fixture.environment)
        let audit = try await fixture.plane.audit(after: 0)

        let next = try await fixture.reopened()
        #expect(next.plane.environments.map(\.snapshot.digest) == fixture.plane.environments.map(\.snapshot.digest))
        #expect(next.plane.environments.map(\.settings) == fixture.plane.environments.map(\.settings))
        #expect(next.plane.environments.map(\.version) == fixture.plane.environments.map(\.version))
        #expect(try await next.plane.history(of: Fixture.environment) == history)
        #expect(try await next.plane.audit(after: 0) == audit)
        #expect(next.plane.authenticate(hash) == token)
        for record in history.revisions {
            let snapshot = try await next.plane.snapshot(of: Fixture.environment, at: record.number)
            #expect(snapshot.digest == record.digest)
        }
    }

    @Test("History pages by flag on SQLite as in memory")
    func blame() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(Fixture.percent(1000))
        try await fixture.commit(.put("OTHER", Fixture.toggle("on")))
        try await fixture.commit(Fixture.percent(2000), .remove("OTHER"))
        let page = try await fixture.plane.history(of: Fixture.environment, flag: "OTHER", limit: 1)
        #expect(page.revisions.map(\.number) == [4])
        #expect(page.revisions.first?.flags == [Fixture.tickets, "OTHER"])
        #expect(page.nextBefore == 4)
        let rest = try await fixture.plane.history(of: Fixture.environment, flag: "OTHER", before: 4)
        #expect(rest.revisions.map(\.number) == [3])
        #expect(rest.nextBefore == nil)
    }

    @Test("The audit is read in parts and by environment on SQLite as in memory")
    func audit() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.plane.apply(try Fixture.document("staging"), reason: "new", by: Fixture.author)
        try await fixture.commit(Fixture.percent(1))
        #expect(try await fixture.plane.audit(after: 1, limit: 1).entries.map(\.sequence) == [2])
        #expect(try await fixture.plane.audit(after: 1, limit: 1).nextAfter == 2)
        #expect(try await fixture.plane.audit(limit: 2).entries.map(\.sequence) == [2, 3])
        #expect(try await fixture.plane.audit(after: 0, environments: ["staging"]).entries.map(\.sequence) == [2])
        #expect(try await fixture.plane.audit(environments: []).entries.isEmpty)
    }

    @Test("Text that SQL could stumble over comes back as it was")
    func text() async throws {
        let fixture = try await Fixture()
        var definition = Fixture.toggle("on")
        definition.description = "'; DROP TABLE revisions; -- \u{0} \u{1F6A6} ünï \\ \" \n"
        try await fixture.commit(.put("ODD", definition))
        let odd = Author(name: "o'd\u{0}d", role: .admin)
        let reason = "NUL \u{0} in the middle, ' and \u{1F6A6}"
        _ = try await fixture.plane.kill("ODD", in: Fixture.environment, reason: reason, by: odd)
        _ = try await fixture.plane.recordAction("x.y", reason: reason, detail: ["text": .string(reason)], by: odd)
        let next = try await fixture.reopened()
        definition.isKilled = true
        #expect(try next.plane.head(of: Fixture.environment).content.flags["ODD"] == definition)
        #expect(try await next.plane.audit().entries.last?.detail["text"] == .string(reason))
        #expect(try await next.plane.verifyAudit().fault == nil)
    }
}
