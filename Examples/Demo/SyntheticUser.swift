import Digest
import Foundation

/// Someone who connects again and again, with a JWT of their own.
struct SyntheticUser: Sendable {
    /// The user's id.
    let id: String
    /// What the user logs in with.
    let token: String
    /// Where the user connects from.
    let address: String

    /// A user whose JWT is signed with `secret` (HS256) and good for an hour.
    init(number: Int, secret: String) {
        self.id = "user-\(number)"
        self.address = "198.51.\(100 + number / 250 % 100).\(number % 250 + 1)"
        let now = Int(Date().timeIntervalSince1970)
        let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
        let claims = """
            {"sub":"\(self.id)","email":"\(self.id)@example.com","permissions":["chat:read"],"iat":\(now),"exp":\(now + 3600)}
            """
        let signed = "\(header).\(Base64URL.encode(Array(claims.utf8)))"
        let signature = HMACSHA256.authenticate(Array(signed.utf8), key: Array(secret.utf8))
        self.token = "\(signed).\(Base64URL.encode(signature))"
    }
}
