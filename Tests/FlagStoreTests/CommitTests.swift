import ControlPlane
import FlagModel
import FlagStore
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Commits on SQLite")
struct CommitTests {
    @Test("Of many commits on one base exactly one wins, and the others are told what changed", arguments: 1...8)
    func race(round: Int) async throws {
        let fixture = try await Fixture()
        let plane = fixture.plane
        let results = await withTaskGroup(of: Result<CommitOutcome, any Error>.self) { group in
            for racer in 1...16 {
                group.addTask {
                    await Result {
                        try await plane.commit(
                            Changeset(
                                baseRevision: 1, reason: "racer \(racer)", changes: [Fixture.percent(UInt32(racer))]),
                            in: Fixture.environment, by: Fixture.author)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var winners: [CommitOutcome] = []
        for result in results {
            switch result {
            case .success(let outcome): winners.append(outcome)
            case .failure(ControlPlaneError.conflict(let conflict)):
                #expect(conflict.base == 1)
                #expect(conflict.current == 2)
                #expect(conflict.difference.entries.map(\.key) == [Fixture.tickets.text])
            case .failure(let error): throw error
            }
        }
        #expect(winners.map(\.revision) == [2])
        let page = try await plane.history(of: Fixture.environment)
        #expect(page.revisions.map(\.number) == [2, 1])
        #expect(page.revisions[0].reason == winners[0].record?.reason)
    }

    @Test("Commits to different environments do not disturb each other")
    func environments() async throws {
        let fixture = try await Fixture(empty: true)
        let plane = fixture.plane
        let names = (1...6).map { EnvironmentName(unchecked: "env-\($0)") }
        for name in names { _ = try await plane.apply(try Fixture.document(name), reason: "new", by: Fixture.author) }
        try await withThrowingTaskGroup { group in
            for name in names {
                group.addTask {
                    for step in 1...10 {
                        let outcome = try await plane.commit(
                            Changeset(
                                baseRevision: Int64(step), reason: "step", changes: [Fixture.percent(UInt32(step))]),
                            in: name, by: Fixture.author)
                        #expect(outcome.revision == Int64(step) + 1)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(plane.environments.map(\.revision) == [11, 11, 11, 11, 11, 11])
        let verification = try await plane.verifyAudit()
        #expect(verification.fault == nil)
        #expect(verification.entries == 66)
    }

    @Test("What becomes visible is durable: a fresh reader of the file finds every revision that a subscriber sees")
    func durableFirst() async throws {
        let fixture = try await Fixture()
        let plane = fixture.plane
        var configuration = Configuration()
        configuration.readonly = true
        let reader = try DatabaseQueue(
            path: fixture.directory.file("flags.sqlite"), configuration: configuration)
        let stream = try plane.subscribe(to: Fixture.environment)
        async let watched: Void = {
            for await snapshot in stream {
                let stored = try await reader.read { db in
                    try String.fetchOne(
                        db, sql: "SELECT digest FROM revisions WHERE number = ?", arguments: [snapshot.revision])
                }
                #expect(stored == snapshot.digest)
                if snapshot.revision == 60 { break }
            }
        }()
        for step in 1..<60 { try await fixture.commit(Fixture.percent(UInt32(step))) }
        try await watched
    }

    @Test("A caller that gives up does not keep a durable revision from being seen")
    func cancelled() async throws {
        let fixture = try await Fixture()
        let plane = fixture.plane
        for step in 1...40 {
            let task = Task {
                try await plane.commit(
                    Changeset(baseRevision: Int64(step), reason: "x", changes: [Fixture.percent(UInt32(step))]),
                    in: Fixture.environment, by: Fixture.author)
            }
            task.cancel()
            #expect(try await task.value.revision == Int64(step) + 1)
            #expect(try plane.head(of: Fixture.environment).revision == Int64(step) + 1)
        }
    }

    @Test("A dry run writes nothing")
    func dryRun() async throws {
        let fixture = try await Fixture()
        let preview = try await fixture.plane.kill(
            Fixture.tickets, in: Fixture.environment, reason: "look", by: Fixture.author, dryRun: true)
        #expect(preview.revision == 2)
        let next = try await fixture.reopened()
        #expect(try next.plane.head(of: Fixture.environment).revision == 1)
        #expect(try await next.plane.audit().lastSequence == 1)
    }

    @Test("Applying the same documents again after a restart makes no revision")
    func applyTwice() async throws {
        let fixture = try await Fixture()
        let next = try await fixture.reopened()
        let outcome = try await next.plane.apply(
            try Fixture.document(), prune: true, reason: "again", by: Fixture.author)
        #expect(!outcome.isChanged)
        #expect(!outcome.settingsChanged)
        #expect(try await next.plane.audit().lastSequence == 1)
    }

    @Test("Rollback, kill and the interlock hold on what was read back from disk")
    func afterRestart() async throws {
        var fixture = try await Fixture()
        let good = try fixture.plane.head(of: Fixture.environment).snapshot.digest
        try await fixture.commit(Fixture.percent(10_000))
        try await fixture.commit(Fixture.percent(50_000))
        fixture = try await fixture.reopened()
        #expect(
            try await fixture.plane.rollback(in: Fixture.environment, reason: "1", by: Fixture.author)
                .restoredRevision == 2)
        fixture = try await fixture.reopened()
        let second = try await fixture.plane.rollback(in: Fixture.environment, reason: "2", by: Fixture.author)
        #expect(second.digest == good)
        fixture = try await fixture.reopened()
        await #expect(throws: ControlPlaneError.nothingToRollBackTo(Fixture.environment, revision: 5)) {
            try await fixture.plane.rollback(in: Fixture.environment, reason: "3", by: Fixture.author)
        }
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.plane.kill(Fixture.fallback, in: Fixture.environment, reason: "k", by: Fixture.author)
        }
        guard case .invariantsViolated = error else { throw error }
        let revoked = try await fixture.plane.rollback(
            in: Fixture.environment, to: 1, revokeTickets: true, reason: "4", by: Fixture.author)
        fixture = try await fixture.reopened()
        let head = try fixture.plane.head(of: Fixture.environment)
        #expect(head.content.ticketsNotBefore == revoked.at)
        #expect(head.snapshot.digest == revoked.digest)
    }

    @Test(
        "A lock that another program holds for good is named, and the commit can be repeated", .timeLimit(.minutes(1)))
    func busy() async throws {
        let fixture = try await Fixture()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(
            path: fixture.directory.file("flags.sqlite"), configuration: configuration)
        try await other.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
        let error = try await #require(throws: ControlPlaneError.self) { try await fixture.commit(Fixture.percent(1)) }
        guard case .storage(let failure) = error else { throw error }
        #expect(failure.code == .busy)
        #expect(failure.isRetryable)
        try await other.writeWithoutTransaction { try $0.rollback() }
        #expect(try await fixture.commit(Fixture.percent(1)).revision == 2)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
