import ControlPlane
import FlagModel
import Testing

@Suite("Access tokens")
struct TokenTests {
    private func hash(_ byte: UInt8) throws -> TokenHash {
        try #require(TokenHash([UInt8](repeating: byte, count: 32)))
    }

    @Test("A token is known by the hash of its secret, at once and without the storage")
    func authenticate() async throws {
        let fixture = try await Fixture()
        let grant = TokenGrant(name: "ci", role: .releaseManager, environments: ["development"])
        let made = try await fixture.plane.createToken(grant, hash: try self.hash(1), by: Fixture.admin)
        #expect(made.createdBy == "ada")
        let found = try #require(fixture.plane.authenticate(try self.hash(1)))
        #expect(found == made)
        #expect(found.author == Author(name: "ci", role: .releaseManager))
        #expect(found.covers("development"))
        #expect(!found.covers("production"))
        #expect(fixture.plane.authenticate(try self.hash(2)) == nil)
    }

    @Test("A token without environments is good for all of them")
    func everywhere() async throws {
        let fixture = try await Fixture()
        let token = try await fixture.plane.createToken(
            TokenGrant(name: "root", role: .admin), hash: try self.hash(1), by: Fixture.admin)
        #expect(token.covers("anywhere"))
    }

    @Test("A revoked token authenticates no one, also after a restart")
    func revoked() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.plane.createToken(
            TokenGrant(name: "ci", role: .viewer), hash: try self.hash(1), by: Fixture.admin)
        let revoked = try await fixture.plane.revokeToken(named: "ci", by: Fixture.admin)
        #expect(revoked.revokedAt == fixture.clock.now)
        #expect(fixture.plane.authenticate(try self.hash(1)) == nil)
        let clock = fixture.clock
        let restarted = try await ControlPlane(storage: fixture.storage, now: { clock.now })
        #expect(restarted.authenticate(try self.hash(1)) == nil)
        #expect(restarted.tokens == fixture.plane.tokens)
    }

    @Test("A token ends at the moment it was given")
    func expiry() async throws {
        let fixture = try await Fixture()
        let expiry = fixture.clock.now.advanced(byMilliseconds: 1000)
        _ = try await fixture.plane.createToken(
            TokenGrant(name: "ci", role: .viewer, expiresAt: expiry), hash: try self.hash(1), by: Fixture.admin)
        fixture.clock.advance(milliseconds: 999)
        #expect(fixture.plane.authenticate(try self.hash(1)) != nil)
        fixture.clock.advance(milliseconds: 1)
        #expect(fixture.plane.authenticate(try self.hash(1)) == nil)
    }

    @Test("A name belongs to one live token; a revoked or expired one gives it back")
    func names() async throws {
        let fixture = try await Fixture()
        let plane = fixture.plane
        let grant = TokenGrant(
            name: "ci", role: .viewer, expiresAt: fixture.clock.now.advanced(byMilliseconds: 1000))
        _ = try await plane.createToken(grant, hash: try self.hash(1), by: Fixture.admin)
        let other = TokenGrant(name: "ci", role: .viewer)
        await #expect(throws: ControlPlaneError.tokenNameTaken("ci")) {
            try await plane.createToken(other, hash: try self.hash(2), by: Fixture.admin)
        }
        fixture.clock.advance(milliseconds: 1000)
        _ = try await plane.createToken(other, hash: try self.hash(2), by: Fixture.admin)
        _ = try await plane.revokeToken(named: "ci", by: Fixture.admin)
        _ = try await plane.createToken(other, hash: try self.hash(3), by: Fixture.admin)
        #expect(plane.tokens.map { $0.revokedAt == nil } == [false, false, true])
    }

    @Test("A secret is never used twice, not even after its token was revoked")
    func secrets() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.plane.createToken(
            TokenGrant(name: "a", role: .viewer), hash: try self.hash(1), by: Fixture.admin)
        _ = try await fixture.plane.revokeToken(named: "a", by: Fixture.admin)
        await #expect(throws: ControlPlaneError.tokenSecretUsed) {
            try await fixture.plane.createToken(
                TokenGrant(name: "b", role: .viewer), hash: try self.hash(1), by: Fixture.admin)
        }
    }

    @Test("Ensuring a token that is there writes nothing; another secret replaces it")
    func ensure() async throws {
        let fixture = try await Fixture()
        let grant = TokenGrant(name: "bootstrap", role: .admin)
        let first = try await fixture.plane.ensureToken(grant, hash: try self.hash(1), by: .system)
        let transactions = fixture.storage.transactions
        #expect(try await fixture.plane.ensureToken(grant, hash: try self.hash(1), by: .system) == first)
        #expect(fixture.storage.transactions == transactions)
        _ = try await fixture.plane.ensureToken(grant, hash: try self.hash(2), by: .system)
        #expect(fixture.plane.authenticate(try self.hash(1)) == nil)
        #expect(fixture.plane.authenticate(try self.hash(2))?.name == "bootstrap")
    }

    @Test("What cannot be granted is refused, with every fault")
    func invalid() async throws {
        let fixture = try await Fixture()
        let plane = fixture.plane
        let grant = TokenGrant(name: "no spaces", role: .viewer, environments: [], expiresAt: fixture.clock.now)
        let error = try await #require(throws: ControlPlaneError.self) {
            try await plane.createToken(grant, hash: try self.hash(1), by: Fixture.admin)
        }
        guard case .invalidToken(let issues) = error else { throw error }
        #expect(issues.map(\.path) == ["name", "environments", "expiresAt"])
        for name in ["system", "configured-admin"] {
            await #expect(throws: ControlPlaneError.self) {
                try await plane.createToken(
                    TokenGrant(name: name, role: .viewer), hash: try self.hash(1), by: Fixture.admin)
            }
        }
        await #expect(throws: ControlPlaneError.unknownEnvironment("develpoment", suggestion: "development")) {
            try await plane.createToken(
                TokenGrant(name: "x", role: .viewer, environments: ["develpoment"]), hash: try self.hash(1),
                by: Fixture.admin)
        }
        #expect(TokenHash([1, 2, 3]) == nil)
    }

    @Test("A token that is not there cannot be revoked; the one that was perhaps meant is named")
    func unknown() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.plane.createToken(
            TokenGrant(name: "deploy", role: .viewer), hash: try self.hash(1), by: Fixture.admin)
        await #expect(throws: ControlPlaneError.unknownToken("depoly", suggestion: "deploy")) {
            try await fixture.plane.revokeToken(named: "depoly", by: Fixture.admin)
        }
    }

    @Test("The report of a creation that comes late does not undo a revocation")
    func reordered() async throws {
        let gate = Gate()
        let storage = MemoryStorage { number in if number == 2 { await gate.wait() } }
        let fixture = try await Fixture(storage: storage)
        let plane = fixture.plane
        let hash = try self.hash(1)
        async let late = plane.createToken(TokenGrant(name: "x", role: .admin), hash: hash, by: Fixture.admin)
        await gate.arrived()
        _ = try await plane.revokeToken(named: "x", by: Fixture.admin)
        await gate.open()
        _ = try await late
        #expect(plane.authenticate(hash) == nil)
    }

    @Test("The audit tells of tokens without telling anything of their secrets")
    func audit() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.plane.createToken(
            TokenGrant(name: "ci", role: .viewer), hash: try self.hash(0xAB), by: Fixture.admin)
        _ = try await fixture.plane.revokeToken(named: "ci", by: Fixture.admin)
        let entries = try await fixture.plane.audit(after: 1).entries
        #expect(entries.map(\.action) == ["tokens.create", "tokens.revoke"])
        for entry in entries { #expect(!entry.detail.canonical.contains("abab")) }
    }
}
