import FlagModel
import Testing

@testable import TicketRuntime

@Suite("Expiring table")
struct ExpiringTableTests {
    @Test("The queue gives its keys in the order in which they end")
    func queueOrder() {
        var generator = FixedGenerator(seed: 5)
        var queue = ExpiryQueue<Int>()
        let ends = (0..<1000).map { _ in Int64.random(in: 0...300, using: &generator) }
        for (key, end) in ends.enumerated() { queue.insert(key, end: end) }
        var given: [Int64] = []
        while let entry = queue.removeFirst() { given.append(entry.end) }
        #expect(given == ends.sorted())
    }

    @Test("It answers like a plain dictionary that forgets what has ended")
    func likeADictionary() {
        var generator = FixedGenerator(seed: 6)
        var table = ExpiringTable<Int, Int>(capacity: 60)
        var model: [Int: (value: Int, end: Int64)] = [:]
        var now: Int64 = 0
        for step in 0..<20000 {
            now += Int64.random(in: 0...3, using: &generator)
            let key = Int.random(in: 0..<100, using: &generator)
            if Bool.random(using: &generator) {
                let end = now + Int64.random(in: 1...60, using: &generator)
                model = model.filter { $0.value.end > now }
                let hasRoom = model[key] != nil || model.count < 60
                let isSet = table.set(step, for: key, end: end, now: now)
                #expect(isSet == hasRoom)
                if hasRoom { model[key] = (step, end) }
            } else {
                #expect(table.value(key, now: now) == model[key].flatMap { $0.end > now ? $0.value : nil })
            }
            #expect(table.count <= 60)
        }
    }

    @Test("A full table makes room by what ends first")
    func makesRoom() {
        var table = ExpiringTable<String, Int>(capacity: 2)
        let first = [table.set(1, for: "late", end: 100, now: 0), table.set(2, for: "early", end: 50, now: 0)]
        let refused = table.set(3, for: "new", end: 70, now: 0)
        table.removeFirstToEnd()
        let second = table.set(3, for: "new", end: 70, now: 0)
        #expect(first == [true, true])
        #expect(!refused)
        #expect(second)
        #expect(table.value("early", now: 0) == nil)
        #expect(table.value("late", now: 0) == 1)
    }

    @Test("A full memory store refuses to issue and says what to do")
    func fullStore() async throws {
        let store = MemoryTicketStore(capacity: 1)
        var generator = FixedGenerator(seed: 7)
        var record = TicketRecordTests.record(&generator)
        record.expiresAt = TicketClock.system.now().advanced(byMilliseconds: 60_000)
        try await store.issue(record, under: TicketKey(try mint.mint(.singleUse)))
        let key = TicketKey(try mint.mint(.singleUse))
        let error = await #expect(throws: TicketStoreError.self) { try await store.issue(record, under: key) }
        #expect(error?.cause == .storeOverloaded)
        #expect(error?.description.contains("capacity") == true)
    }
}
