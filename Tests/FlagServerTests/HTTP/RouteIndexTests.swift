import HTTPTypes
import Testing

@testable import FlagServer

@Suite("Of a path that no route answers to, it is known which methods it would")
struct RouteIndexTests {
    static let index = RouteIndex([
        RouteDeclaration(method: .get, path: "/things", access: OpenAccess()),
        RouteDeclaration(method: .post, path: "/things/special", access: OpenAccess()),
        RouteDeclaration(method: .delete, path: "/things/{name}", access: OpenAccess()),
    ])

    @Test(
        "Parameters match anything, but what is spelt out goes first",
        arguments: [
            ("/things", ["GET", "HEAD"]), ("/things/", ["GET", "HEAD"]), ("/things/x", ["DELETE"]),
            ("/things/special", ["POST"]), ("/things/x/y", []), ("/", []),
        ])
    func findsMethods(path: String, methods: [String]) {
        #expect(Self.index.methods(at: path) == methods)
    }
}
