import Synchronization
import Testing

@testable import TicketRuntime

@Suite("The bypass of end-to-end tests")
struct EndToEndBypassTests {
    @Test("It never works in a protected environment, whatever the flag says")
    func protected() async {
        let setup = PathwaySetup(isProtected: true)
        let (uri, headers) = PathwaySetup.presenting(.e2eBypass)
        #expect(await setup.refusal(uri, headers) == .pathwayOff(use: nil))
    }

    @Test("It is closed from the moment on in which the environment becomes protected")
    func becomesProtected() async throws {
        let environment = Protection()
        let setup = PathwaySetup([.e2eBypass], isProtected: environment.isOn.load(ordering: .relaxed))
        let (uri, headers) = PathwaySetup.presenting(.e2eBypass)
        #expect(try await setup.authenticate(uri, headers).userID == "carol")
        environment.isOn.store(true, ordering: .relaxed)
        #expect(await setup.refusal(uri, headers) == .pathwayOff(use: nil))
    }

    @Test("It needs the secret and one user, and grants no permission")
    func secret() async throws {
        let setup = PathwaySetup()
        let secret = (name: "X-E2E-Bypass", value: PathwaySetup.secret)
        #expect(
            await setup.refusal("/ws", [("X-E2E-Bypass", "true"), ("X-E2E-User-ID", "carol")])?.reason
                == .credentialInvalid)
        #expect(await setup.refusal("/ws", [secret])?.reason == .credentialInvalid)
        #expect(await setup.refusal("/ws", [secret, ("X-E2E-User-ID", "")])?.reason == .credentialInvalid)
        #expect(
            await setup.refusal("/ws", [secret, ("X-E2E-User-ID", "carol"), ("X-E2E-User-ID", "dave")])?.reason
                == .credentialInvalid)
        #expect(try await setup.authenticate("/ws", [secret, ("X-E2E-User-ID", "carol")]).permissions.isEmpty)
    }

    @Test("A secret that is easily guessed makes no bypass")
    func weak() {
        #expect(BypassSecret("true") == nil)
    }

    @Test("It shows no secret in a dump")
    func redaction() throws {
        let secret = try #require(BypassSecret(PathwaySetup.secret))
        var dumped = ""
        dump(EndToEndBypass(secret: secret, isProtected: { false }), to: &dumped)
        #expect(!dumped.contains("secret of") && !dumped.contains("digest"))
    }

    private final class Protection: Sendable {
        let isOn = Atomic<Bool>(false)
    }
}
