import RedisClient
import Testing

@testable import TicketRuntime

@Suite("Primary's identity")
struct PrimaryIdentityTests {
    private func info(role: String, identity: String) -> [RedisValue] {
        [.bulk(Array("# Replication\r\nrole:\(role)\r\nconnected_slaves:0\r\nmaster_replid:\(identity)\r\n".utf8))]
    }

    @Test("The epoch is the beginning of master_replid")
    func epoch() throws {
        let epoch = try PrimaryIdentity.epoch(
            in: self.info(role: "master", identity: "0123456789abcdef0123456789abcdef"))
        #expect(epoch == "0123456789abcde")
    }

    @Test("A replica is refused")
    func replica() {
        #expect(throws: PrimaryIdentity.self) {
            try PrimaryIdentity.epoch(in: self.info(role: "slave", identity: "0123456789abcdef"))
        }
    }

    @Test("A server that does not say who it is is refused, with the cure")
    func refused() {
        let denied = RedisServerError(code: "NOPERM", message: "this user has no permissions")
        let error = #expect(throws: PrimaryIdentity.self) { try PrimaryIdentity.epoch(in: [.error(denied)]) }
        #expect(error?.description.contains("INFO") == true)
        #expect(throws: PrimaryIdentity.self) { try PrimaryIdentity.epoch(in: []) }
        #expect(throws: PrimaryIdentity.self) { try PrimaryIdentity.epoch(in: self.info(role: "master", identity: "")) }
    }
}
