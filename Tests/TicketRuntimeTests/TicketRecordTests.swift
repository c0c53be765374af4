import FlagModel
import Testing

@testable import RedisClient
@testable import TicketRuntime

@Suite("Stored form")
struct TicketRecordTests {
    static func record(_ generator: inout FixedGenerator) -> TicketRecord {
        func text(_ limit: Int) -> String {
            String(
                (0..<Int.random(in: 0...limit, using: &generator)).map { _ in
                    "aé→😀 \n\0".randomElement(using: &generator) ?? "x"
                })
        }
        let id = text(20)
        return TicketRecord(
            kind: .allCases.randomElement(using: &generator) ?? .singleUse,
            cohort: .allCases.randomElement(using: &generator) ?? .unknown, owner: SubjectDigest(userID: id),
            userID: id,
            email: text(20), permissions: (0..<Int.random(in: 0...5, using: &generator)).map { _ in text(9) },
            metadata: TicketMetadata(members: Bool.random(using: &generator) ? [:] : ["k": .string(text(9)), "n": 1]),
            issuedAt: Timestamp(millisecondsSinceEpoch: .random(in: .min ... .max, using: &generator)),
            expiresAt: Timestamp(millisecondsSinceEpoch: .random(in: .min ... .max, using: &generator)),
            revision: .random(in: .min ... .max, using: &generator),
            boundOrigin: Bool.random(using: &generator) ? nil : text(9),
            boundAddress: Bool.random(using: &generator) ? nil : text(9), epoch: text(4),
            generation: .random(in: .min ... .max, using: &generator))
    }

    @Test("Every record reads back as it was written")
    func roundTrip() {
        var generator = FixedGenerator(seed: 1)
        for _ in 0..<2000 {
            let record = Self.record(&generator)
            #expect(TicketRecord(bytes: record.bytes) == record)
            #expect(StoredTicket(bytes: record.bytes) == .record(record))
        }
    }

    @Test("A record that was cut or extended at any place is unreadable")
    func truncated() {
        var generator = FixedGenerator(seed: 2)
        let bytes = Self.record(&generator).bytes
        for count in 0..<bytes.count { #expect(TicketRecord(bytes: Array(bytes[..<count])) == nil) }
        #expect(TicketRecord(bytes: bytes + [0]) == nil)
    }

    @Test("No bytes make the reader fail, whatever was damaged")
    func damaged() {
        var generator = FixedGenerator(seed: 3)
        for _ in 0..<20000 {
            var bytes = Self.record(&generator).bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            if case .record(let record) = StoredTicket(bytes: bytes) {
                // What is accepted has one meaning.
                #expect(TicketRecord(bytes: record.bytes) == record)
            }
        }
    }

    @Test("The owner stands where the revoking script looks for it")
    func ownerPlace() {
        var generator = FixedGenerator(seed: 4)
        let record = Self.record(&generator)
        #expect(TicketRecord.ownerRange == 3..<19)
        #expect(SubjectDigest(bytes: record.bytes[TicketRecord.ownerRange]) == record.owner)
    }

    @Test("Every marker reads back as it was written, and is no record")
    func markers() {
        for (time, instance) in [(0, ""), (1_800_000_000_123, "node-7"), (999_999_999_999_999, "ä")]
            as [(Int64, String)]
        {
            let use = SpentTicket(at: Timestamp(millisecondsSinceEpoch: time), by: instance)
            let bytes = SpentMarker(use).encoded
            #expect(bytes.count == SpentMarker(use).redisByteCount)
            #expect(StoredTicket(bytes: bytes) == .spent(use))
        }
        let owner = SubjectDigest(userID: "user-1")
        #expect(StoredTicket(bytes: [StoredTicket.revokedMark] + owner.withBytes { Array($0) }) == .revoked(owner))
        for bytes in [[], [0], [2, 1], Array("S12345".utf8), Array("R".utf8), Array("Sx00000000000000a".utf8)]
            as [[UInt8]]
        {
            #expect(StoredTicket(bytes: bytes) == .unreadable)
        }
    }

    @Test("A key in Redis is the prefix, the environment and the digest in base64url, never the ticket")
    func keys() throws {
        let ticket = try mint.mint(.singleUse)
        let key = RedisTicketKeys(prefix: "signalbox", environment: "production").ticket(TicketKey(ticket))
        #expect(key.text.hasPrefix("signalbox:production:"))
        #expect(key.text.utf8.count == key.redisByteCount)
        #expect(key.encoded == Array(key.text.utf8))
        #expect(!key.text.contains(ticket.text))
    }
}

extension RedisArgument {
    /// The bytes that the argument writes.
    fileprivate var encoded: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: self.redisByteCount) { memory, count in
            var writer = RedisArgumentWriter(UnsafeMutableRawBufferPointer(memory))
            self.write(to: &writer)
            count = writer.count
        }
    }
}
