import FlagModel
import Testing

@testable import FlagServer

@Suite("The claims of a verified JWT become a user")
struct UserIdentityTests {
    private static func user(_ claims: [String: JSONValue]) throws -> UserIdentity {
        try JWTVerifier.forTests().verify(TokenForge().token(claims))
    }

    private static func refusal(_ payload: String) throws -> JWTRefusal.Reason? {
        let token = TokenForge().token(payload: #"{"exp":9999999999,\#(payload)}"#)
        return try JWTVerifier.forTests().refusal(of: token)
    }

    @Test("The user's id is sub")
    func readsSubject() throws {
        #expect(try Self.user(["sub": "u-7", "user_id": "other"]).subject == "u-7")
    }

    @Test("The user's id is user_id where there is no sub, as text or number")
    func readsUserID() throws {
        #expect(try Self.user(["sub": .null, "user_id": "u-8"]).subject == "u-8")
        #expect(try Self.user(["sub": .null, "user_id": 8]).subject == "8")
    }

    @Test(
        "A token without a user's id is refused",
        arguments: [#""a":1"#, #""sub":"""#, #""sub":null"#, #""user_id":"""#, #""sub":"","user_id":"u-8""#])
    func requiresSubject(payload: String) throws {
        #expect(try Self.refusal(payload) == .subjectMissing)
    }

    @Test(
        "A claim of the wrong type is refused",
        arguments: [
            #""sub":7"#, #""sub":["u"]"#, #""user_id":1.5"#, #""user_id":true"#, #""sub":"u","email":1"#,
            #""sub":"u","permissions":"read""#, #""sub":"u","permissions":["read",1]"#,
            #""sub":"u","permissions":{}"#, #""sub":"u","scope":["read"]"#,
        ])
    func refusesOtherTypes(payload: String) throws {
        #expect(try Self.refusal(payload) == .malformed)
    }

    @Test("A token may leave out email and permissions")
    func defaults() throws {
        let user = try Self.user([:])
        #expect(user.email == nil)
        #expect(user.permissions.isEmpty)
        #expect(user.attributes.isEmpty)
    }

    @Test("Permissions are the claim permissions, each once, in order")
    func readsPermissions() throws {
        let user = try Self.user(["permissions": ["write", "read", "write", ""], "scope": "admin"])
        #expect(user.permissions == ["write", "read"])
    }

    @Test("An empty list of permissions is not filled up from scope")
    func emptyPermissionsStayEmpty() throws {
        #expect(try Self.user(["permissions": [], "scope": "admin"]).permissions.isEmpty)
    }

    @Test("Permissions are the words of scope where there is no claim permissions")
    func readsScope() throws {
        #expect(try Self.user(["scope": "chat:read  chat:write chat:read"]).permissions == ["chat:read", "chat:write"])
    }

    @Test("Other scalar claims and lists of them become attributes")
    func readsAttributes() throws {
        let user = try Self.user([
            "tenant": "acme", "level": 3, "ratio": 0.5, "beta": true, "roles": ["dev", "ops"],
            "address": ["city": "Bern"], "matrix": [[1]],
        ])
        #expect(
            user.attributes == ["tenant": "acme", "level": 3, "ratio": 0.5, "beta": true, "roles": ["dev", "ops"]])
    }

    @Test("Claims about the token, and names that contexts reserve, do not become attributes")
    func leavesOutReserved() throws {
        let user = try Self.user([
            "iss": "i", "aud": "a", "iat": 1, "nbf": 1, "jti": "j", "nonce": "n", "sid": "s", "email": "e",
            "scope": "s",
            "targetingKey": "someone-else", "$flagd": "x", "user_id": "u",
        ])
        #expect(user.attributes.isEmpty)
    }

    @Test("An attribute beyond the limits is left out whole")
    func limitsAttributes() throws {
        let user = try Self.user([
            "fits": .string(String(repeating: "x", count: UserIdentity.maximumAttributeLength)),
            "long": .string(String(repeating: "x", count: UserIdentity.maximumAttributeLength + 1)),
            "many": .array(Array(repeating: 1, count: UserIdentity.maximumAttributeElements + 1)),
            String(repeating: "n", count: UserIdentity.maximumAttributeNameLength + 1): 1,
        ])
        #expect(Array(user.attributes.keys) == ["fits"])
    }

    @Test("Of too many attributes the first by name are kept")
    func limitsAttributeCount() throws {
        let claims = (100..<200).map { ("claim-\($0)", JSONValue.integer($0)) }
        let user = try Self.user(Dictionary(uniqueKeysWithValues: claims))
        #expect(user.attributes.count == UserIdentity.maximumAttributeCount)
        #expect(user.attributes["claim-131"] == 131)
        #expect(user.attributes["claim-132"] == nil)
    }
}
