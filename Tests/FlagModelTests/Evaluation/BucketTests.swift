import FlagModel
import Testing

@Suite("Buckets")
struct BucketTests {
    @Test(
        "The ends and the middle of the hash are the ends and the middle of the buckets",
        arguments: [("ejOoVL", 0), ("bY9fO-", 0), ("SI7p-", 49_999), ("6LvT0", 50_000), ("ceQdGm", 99_999)]
            as [(String, UInt32)])
    func flagdVectors(text: String, position: UInt32) {
        #expect(Bucket(seed: "", key: text).position == position)
        for cut in 0...text.count {
            #expect(Bucket(seed: String(text.prefix(cut)), key: String(text.dropFirst(cut))).position == position)
        }
    }

    @Test(
        "Buckets that another implementation of the published algorithm computed",
        arguments: [
            ("ENABLE_WEBSOCKET_TICKETS", "user-1", 98_353), ("ENABLE_WEBSOCKET_TICKETS", "user-2", 92_889), ("", "", 0),
            ("seed", "zoë@example.com", 55_324), ("a", "😀", 88_729),
        ] as [(String, String, UInt32)])
    func known(seed: String, key: String, position: UInt32) {
        #expect(Bucket(seed: seed, key: key).position == position)
    }

    @Test("A bucket is in when it lies below the share, and nobody is in at none and nobody out at all")
    func boundaries() throws {
        let bucket = Bucket(seed: "ENABLE_WEBSOCKET_TICKETS", key: "user-1")
        #expect(!bucket.isIn(try #require(Percentage(thousandths: 98_353))))
        #expect(bucket.isIn(try #require(Percentage(thousandths: 98_354))))
        #expect(!Bucket(seed: "", key: "ejOoVL").isIn(.zero))
        #expect(Bucket(seed: "", key: "ceQdGm").isIn(.full))
    }
}
