import Digest
import FlagModel

@testable import FlagServer

/// Builds tokens by hand, right and wrong ones.
struct TokenForge {
    static let secretText = "correct horse battery staple, 32 bytes or more"
    /// 2026-03-04T05:06:07Z.
    static let now = Timestamp(millisecondsSinceEpoch: 1_772_600_767_000)

    static var nowSeconds: Int64 { Self.now.millisecondsSinceEpoch / 1000 }

    var header = #"{"alg":"HS256","typ":"JWT"}"#
    var secret = Self.secretText

    /// A token with these claims, `sub` and an `exp` in an hour; a claim of null is left out.
    func token(_ claims: [String: JSONValue] = [:]) -> String {
        let all: [String: JSONValue] = ["sub": "user-1", "exp": .integer(Self.nowSeconds + 3600)]
        let merged = all.merging(claims) { $1 }.filter { $0.value != .null }
        return self.token(payload: JSONValue.object(merged).canonical)
    }

    /// A token with exactly this payload.
    func token(payload: String) -> String {
        self.sign(Base64URL.encode(self.header.utf8) + "." + Base64URL.encode(payload.utf8))
    }

    /// `signingInput` with its HMAC.
    func sign(_ signingInput: String) -> String {
        signingInput + "." + Base64URL.encode(HMACSHA256.authenticate(signingInput.utf8, key: Array(self.secret.utf8)))
    }
}

extension JWTVerifier {
    /// A verifier of the forge's tokens that takes the forge's time.
    static func forTests(
        keys: JWTKeySet? = nil, rules: JWTRules? = nil, now: Timestamp = TokenForge.now
    ) throws -> JWTVerifier {
        JWTVerifier(
            keys: try keys ?? JWTKeySet([.hs256(try JWTSecret(TokenForge.secretText))]),
            rules: try rules ?? JWTRules(), now: { now })
    }

    /// Why a token is refused; nil: it is accepted.
    func refusal(of token: String) -> JWTRefusal.Reason? {
        do throws(JWTRefusal) {
            _ = try self.verify(token)
            return nil
        } catch {
            return error.reason
        }
    }
}
