import FlagModel
import Testing

@testable import FlagServer

@Suite("The place up to which a stream was read")
struct StreamPositionTests {
    static let snapshot = Snapshot(environment: "development", revision: 42, content: EnvironmentContent())

    @Test("It is written as the revision and the beginning of the digest, and read again")
    func roundTrip() throws {
        let position = StreamPosition(Self.snapshot)
        #expect(position.description == "42-\(Self.snapshot.digest.prefix(16))")
        #expect(StreamPosition(position.description) == position)
        #expect(try #require(StreamPosition(position.description)).isPlace(of: Self.snapshot))
    }

    @Test(
        "Anything else is no place",
        arguments: [
            "", "42", "42-", "-0123456789abcdef", "42-0123456789abcde", "42-0123456789abcdef0", "42-0123456789ABCDEF",
            "-1-0123456789abcdef", "+42-0123456789abcdef", "042-0123456789abcdef", "42-0123456789abcdef-1",
            "99999999999999999999-0123456789abcdef", "4 2-0123456789abcdef", "42-0123456789abcdeg",
        ])
    func malformed(text: String) {
        #expect(StreamPosition(text) == nil)
    }
}
