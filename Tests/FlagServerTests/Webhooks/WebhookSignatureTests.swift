import ControlPlane
import FlagModel
import NIOCore
import Testing

@testable import FlagServer

@Suite("What a webhook's request carries, and where it goes")
struct WebhookSignatureTests {
    @Test("The signature is that of Standard Webhooks' own example")
    func vector() throws {
        let secret = try #require(WebhookSecret(text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = WebhookSignature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: #"{"test": 2432232314}"#,
            at: Timestamp(millisecondsSinceEpoch: 1_614_265_330_000), secret: secret)
        let headers = Dictionary(uniqueKeysWithValues: signature.headers.map { ($0.name, $0.value) })
        #expect(headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek" && headers["webhook-timestamp"] == "1614265330")
    }

    @Test("A secret is a prefix and base64 of 24 to 64 bytes, and reads back as it was written")
    func secrets() throws {
        let secret = try WebhookSecret.drawn()
        #expect(WebhookSecret(text: secret.text) == secret)
        for text in ["", "whsec_", "whsec_AAAA", String(secret.text.dropFirst()), secret.text + "!"] {
            #expect(WebhookSecret(text: text) == nil, "\(text)")
        }
    }

    @Test(
        "Which addresses are anyone's, this network's, and nobody's",
        arguments: [
            ("93.184.216.34", AddressKind.public), ("172.32.0.1", .public), ("2606:2800:220:1::1", .public),
            ("127.0.0.1", .private), ("10.1.2.3", .private), ("172.16.0.1", .private), ("192.168.1.1", .private),
            ("100.64.0.1", .private), ("::1", .private), ("fd12::1", .private), ("::ffff:10.0.0.1", .private),
            ("0.0.0.0", .never), ("169.254.169.254", .never), ("224.0.0.1", .never), ("255.255.255.255", .never),
            ("::", .never), ("fe80::1", .never), ("ff02::1", .never), ("::ffff:169.254.169.254", .never),
            ("64:ff9b::a9fe:a9fe", .never), ("fd00:ec2::254", .never),
        ])
    func addresses(text: String, kind: AddressKind) throws {
        #expect(AddressKind(try SocketAddress(ipAddress: text, port: 80)) == kind)
    }
}
