import FlagModel
import Testing

@Suite("The audit chain")
struct AuditChainTests {
    private static let chain: [AuditEntry] = {
        var entries: [AuditEntry] = []
        for number in 1...6 {
            entries.append(
                AuditEntry(
                    following: entries.last.map { ($0.sequence, $0.digest) },
                    at: Timestamp(millisecondsSinceEpoch: Int64(number) * 1000), actor: "alice",
                    action: "flags.commit", environment: number.isMultiple(of: 2) ? "production" : nil,
                    revision: number.isMultiple(of: 3) ? nil : Int64(number), reason: "because \(number)",
                    detail: ["flags": ["A"], "n": .number(0.5)]))
        }
        return entries
    }()

    private func broken(_ entries: [AuditEntry]) -> AuditChainVerifier.Broken? {
        var verifier = AuditChainVerifier()
        do throws(AuditChainVerifier.Broken) {
            for entry in entries { try verifier.check(entry) }
            return nil
        } catch {
            return error
        }
    }

    @Test("An untouched chain verifies, and the verifier knows its end")
    func intact() throws {
        var verifier = AuditChainVerifier()
        for entry in Self.chain { try verifier.check(entry) }
        #expect(verifier.lastSequence == 6)
        #expect(verifier.lastDigest == Self.chain[5].digest)
    }

    @Test("The first entry carries 64 zeros, each later one the digest before it")
    func links() {
        #expect(Self.chain[0].previous == String(repeating: "0", count: 64))
        for (entry, next) in zip(Self.chain, Self.chain.dropFirst()) { #expect(next.previous == entry.digest) }
        #expect(Self.chain.map(\.sequence) == [1, 2, 3, 4, 5, 6])
    }

    @Test("Any member that is changed is found, in any entry")
    func tampered() {
        let edits: [(String, @Sendable (inout AuditEntry) -> Void)] = [
            ("sequence", { $0.sequence += 1 }), ("at", { $0.at = $0.at.advanced(byMilliseconds: 1) }),
            ("actor", { $0.actor = "mallory" }),
            ("action", { $0.action = "flags.kill" }), ("environment", { $0.environment = "staging" }),
            ("revision", { $0.revision = 77 }),
            ("no environment", { $0.environment = $0.environment == nil ? "x" : nil }),
            ("no revision", { $0.revision = $0.revision == nil ? 1 : nil }), ("reason", { $0.reason += "." }),
            ("detail", { $0.detail = ["flags": ["B"], "n": .number(0.5)] }),
            ("previous", { $0.previous = AuditEntry.origin.replacing("0", with: "1") }),
            ("digest", { $0.digest = AuditEntry.origin.replacing("0", with: "2") }),
        ]
        for position in Self.chain.indices {
            for (name, edit) in edits {
                var chain = Self.chain
                edit(&chain[position])
                #expect(self.broken(chain) != nil, "\(name) of entry \(position + 1)")
            }
        }
    }

    @Test("A changed entry with a digest made to fit breaks the entry after it")
    func resealed() {
        for position in Self.chain.indices.dropLast() {
            var chain = Self.chain
            chain[position].reason = "something else"
            chain[position].digest = chain[position].computedDigest
            #expect(self.broken(chain)?.sequence == Int64(position) + 2)
        }
    }

    @Test("An entry that is removed, repeated, swapped or put in is found")
    func moved() {
        for position in Self.chain.indices.dropLast() {
            var removed = Self.chain
            removed.remove(at: position)
            #expect(self.broken(removed)?.sequence == Int64(position) + 2)
            var repeated = Self.chain
            repeated.insert(Self.chain[position], at: position)
            #expect(self.broken(repeated) != nil)
            var swapped = Self.chain
            swapped.swapAt(position, position + 1)
            #expect(self.broken(swapped) != nil)
            var inserted = Self.chain
            inserted.insert(
                AuditEntry(
                    following: (Self.chain[position].sequence, Self.chain[position].digest),
                    at: Self.chain[position].at, actor: "m",
                    action: "a", environment: nil, revision: nil, reason: "", detail: nil), at: position + 1)
            #expect(self.broken(inserted) != nil)
        }
    }

    @Test("A chain that does not start at the start is found")
    func headless() {
        #expect(self.broken(Array(Self.chain.dropFirst()))?.description.contains("entries are missing") == true)
    }

    @Test("A chain that was cut off verifies, and its end tells what is missing")
    func cutOff() throws {
        var verifier = AuditChainVerifier()
        for entry in Self.chain.dropLast(2) { try verifier.check(entry) }
        #expect(verifier.lastSequence == 4)
        #expect(verifier.lastDigest != Self.chain[5].digest)
    }

    @Test("The digest does not depend on how a number in the detail is spelt")
    func numbers() throws {
        var entry = Self.chain[0]
        entry.detail = ["n": .number(30)]
        let digest = entry.computedDigest
        entry.detail = try JSONParser.parse("{\"n\": 30}")
        #expect(entry.computedDigest == digest)
    }
}
