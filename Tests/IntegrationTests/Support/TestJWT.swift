import Digest
import Foundation

/// Makes JWTs by hand, so that the tests do not lean on the code that they test.
enum TestJWT {
    static func make(
        subject: String, email: String? = nil, permissions: [String] = ["chat:read", "chat:write"],
        secret: String = RunningServer.jwtSecret, expiresIn seconds: Int = 3600
    ) -> String {
        let now = Int(Date().timeIntervalSince1970)
        let list = permissions.map { "\"\($0)\"" }.joined(separator: ",")
        let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
        let payload = Base64URL.encode(
            Array(
                """
                {"sub":"\(subject)","email":"\(email ?? subject + "@example.com")","permissions":[\(list)],\
                "iat":\(now),"exp":\(now + seconds)}
                """.utf8))
        let signature = HMACSHA256.authenticate(Array("\(header).\(payload)".utf8), key: Array(secret.utf8))
        return "\(header).\(payload).\(Base64URL.encode(signature))"
    }
}
