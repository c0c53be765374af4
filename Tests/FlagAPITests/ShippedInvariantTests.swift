import FlagAPI
import FlagModel
import Foundation
import Testing

@Suite("The environments that are shipped, and the invariants that they declare")
struct ShippedInvariantTests {
    private static func document(_ name: String) throws -> EnvironmentDocument {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "environments/\(name).yaml"), encoding: .utf8)
        return try EnvironmentDocument(json: try YAMLDocument.parse(text))
    }

    /// The invariants of production that `changes` to its shipped flags would break.
    private func broken(_ changes: FlagChange..., in name: String = "production") throws -> [String] {
        let document = try Self.document(name)
        let content = try EnvironmentContent(flags: document.flags).applying(changes)
        return document.settings.violations(by: content).map(\.invariant)
    }

    private static let legacy: [FlagChange] = [
        .serve("ENABLE_WEBSOCKET_SUBPROTOCOL", variant: "off"),
        .serve("ENABLE_WEBSOCKET_QUERY_PARAMETER", variant: "off"),
        .serve("ENABLE_WEBSOCKET_COOKIE", variant: "off"), .serve("ENABLE_WEBSOCKET_SESSION", variant: "off"),
    ]

    private func brokenWithoutLegacy(_ changes: FlagChange...) throws -> [String] {
        let document = try Self.document("production")
        let content = try EnvironmentContent(flags: document.flags).applying(Self.legacy + changes)
        return document.settings.violations(by: content).map(\.invariant)
    }

    @Test(
        "Each file reads, keeps its own invariants, and writes itself back",
        arguments: ["development", "staging", "production"])
    func shipped(name: String) throws {
        let document = try Self.document(name)
        #expect(document.name.text == name)
        #expect(document.settings.isProtected == (name == "production"))
        #expect(document.settings.invariants.count == 3)
        #expect(document.settings.violations(by: EnvironmentContent(flags: document.flags)).isEmpty)
        #expect(try EnvironmentDocument(json: try JSONParser.parse(document.json.canonical)) == document)
        #expect(document.flags.values.allSatisfy { !$0.owner.isEmpty && !$0.description.isEmpty })
    }

    @Test("Applying a file a second time changes nothing")
    func idempotent() throws {
        let first = try Self.document("production")
        let second = try EnvironmentDocument(json: try YAMLDocument.parse(YAMLDocument.emit(first.json)))
        #expect(
            ContentDifference(from: EnvironmentContent(flags: first.flags), to: EnvironmentContent(flags: second.flags))
                .isEmpty)
    }

    @Test("S11: the last working pathway cannot be switched off")
    func lastPathway() throws {
        let name = "authentication-pathway-reachable"
        #expect(try self.brokenWithoutLegacy().isEmpty)
        #expect(try self.brokenWithoutLegacy(.serve("WEBSOCKET_TICKET_FALLBACK", variant: "off")) == [name])
        #expect(
            try self.brokenWithoutLegacy(
                .serve("WEBSOCKET_TICKET_FALLBACK", variant: "off"),
                .rollout("ENABLE_WEBSOCKET_TICKETS", percentage: .full, variant: nil)
            ).isEmpty)
        let almost = try #require(Percentage(thousandths: 99_999))
        #expect(
            try self.brokenWithoutLegacy(
                .serve("WEBSOCKET_TICKET_FALLBACK", variant: "off"),
                .rollout("ENABLE_WEBSOCKET_TICKETS", percentage: almost, variant: nil)) == [name])
        #expect(
            try self.brokenWithoutLegacy(
                .rollout("ENABLE_WEBSOCKET_TICKETS", percentage: .full, variant: nil),
                .serve("WEBSOCKET_TICKET_FALLBACK", variant: "off"),
                .kill("ENABLE_WEBSOCKET_TICKETS")) == [name])
        #expect(
            try self.brokenWithoutLegacy(.disable("WEBSOCKET_TICKET_FALLBACK")) == [name])
        // A header that browsers cannot set helps none of them.
        #expect(
            try self.brokenWithoutLegacy(
                .serve("WEBSOCKET_TICKET_FALLBACK", variant: "off"),
                .serve("ENABLE_WEBSOCKET_AUTHORIZATION_HEADER", variant: "on"))
                == [name])
    }

    @Test("One pathway that browsers can use is enough")
    func onePathway() throws {
        for flag in ["SUBPROTOCOL", "QUERY_PARAMETER", "COOKIE", "SESSION"] {
            let key = try FlagKey(parsing: "ENABLE_WEBSOCKET_\(flag)")
            #expect(
                try self.brokenWithoutLegacy(
                    .serve("WEBSOCKET_TICKET_FALLBACK", variant: "off"), .serve(key, variant: "on")
                ).isEmpty)
        }
    }

    @Test("The violation names the flags and says what to do instead")
    func violation() throws {
        let document = try Self.document("production")
        let content = try EnvironmentContent(flags: document.flags)
            .applying(Self.legacy + [.serve("WEBSOCKET_TICKET_FALLBACK", variant: "off")])
        let violation = try #require(document.settings.violations(by: content).first)
        #expect(violation.flags.contains("ENABLE_WEBSOCKET_TICKETS"))
        #expect(violation.flags.contains("WEBSOCKET_TICKET_FALLBACK"))
        #expect(violation.message.contains("Keep one pathway open"))
    }

    @Test("The bypass is never on in a protected environment, for anyone, by whatever way")
    func bypass() throws {
        let name = "bypass-never-in-protected-environment"
        let key: FlagKey = "ENABLE_WEBSOCKET_E2E_BYPASS"
        #expect(try self.broken(.serve(key, variant: "on")) == [name])
        let least = try #require(Percentage(thousandths: 1))
        #expect(try self.broken(.rollout(key, percentage: least, variant: "on")) == [name])
        var targeted = try #require(try Self.document("production").flags[key])
        targeted.targeting = ["if": [["==": [["var": "email"], "qa@example.com"]], "on", nil]]
        #expect(try self.broken(.put(key, targeted)) == [name])
        var unsafe = try #require(try Self.document("production").flags[key])
        unsafe.safeVariant = "on"
        #expect(try self.broken(.put(key, unsafe)).isEmpty)
        #expect(try self.broken(.put(key, unsafe), .kill(key)) == [name])
        #expect(try self.broken(.put(key, unsafe), .disable(key)) == [name])
        unsafe.onStale = .serveSafe(afterSeconds: 60)
        #expect(try self.broken(.put(key, unsafe)) == [name])
        #expect(try self.broken(.serve(key, variant: "on"), in: "staging").isEmpty)
        #expect(try self.broken(.remove(key)).isEmpty)
    }

    @Test("A ticket's time to live stays within 1 to 3600 seconds, whatever its constraints say")
    func ttl() throws {
        let name = "ticket-ttl-within-bounds"
        let key: FlagKey = "WEBSOCKET_TICKET_TTL"
        var unbounded = try #require(try Self.document("production").flags[key])
        unbounded.constraints = Constraints()
        for (seconds, expected) in [(0, [name]), (1, []), (3600, []), (3601, [name])] as [(Int64, [String])] {
            #expect(try self.broken(.put(key, unbounded), .set(key, value: .integer(seconds))) == expected)
        }
        var forSome = unbounded
        forSome.variants["long"] = 7200
        #expect(try self.broken(.put(key, forSome)).isEmpty)
        #expect(
            try self.broken(
                .put(key, forSome), .rollout(key, percentage: try #require(Percentage(percent: 1)), variant: "long"))
                == [name])
        #expect(try self.broken(.remove(key)) == [name])
    }
}
