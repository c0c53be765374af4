import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("`set` finds out whether a variant or a value is meant")
struct SetValueTests {
    private let tickets = FlagView(key: "T", definition: Samples.tickets)
    private let ttl = FlagView(key: "T", definition: Samples.ttl)
    private let binding = FlagView(key: "T", definition: Samples.binding)

    private func failure(_ text: String, _ flag: FlagView) -> Failure? {
        #expect(throws: Failure.self) { try SetValue.change(text, for: "T", of: flag) }
    }

    @Test("A variant's name serves that variant")
    func variant() throws {
        #expect(try SetValue.change("on", for: "T", of: self.tickets) == .serve("T", variant: "on"))
        #expect(try SetValue.change("default", for: "T", of: self.ttl) == .serve("T", variant: "default"))
    }

    @Test("A value that one variant has serves that variant")
    func valueOfVariant() throws {
        #expect(try SetValue.change("true", for: "T", of: self.tickets) == .serve("T", variant: "on"))
        #expect(try SetValue.change("30", for: "T", of: self.ttl) == .serve("T", variant: "default"))
        #expect(try SetValue.change("30.0", for: "T", of: self.ttl) == .serve("T", variant: "default"))
    }

    @Test("Another value of the type becomes the default variant's")
    func newValue() throws {
        #expect(try SetValue.change("45", for: "T", of: self.ttl) == .set("T", value: 45))
        #expect(try SetValue.change("a strange text", for: "T", of: self.binding) == .set("T", value: "a strange text"))
    }

    @Test("A number flag takes whole numbers, an object flag JSON")
    func otherTypes() throws {
        let number = FlagView(
            key: "N", definition: ["type": "number", "variants": ["a": 0.5], "defaultVariant": "a"])
        #expect(try SetValue.change("2", for: "N", of: number) == .set("N", value: .number(2)))
        let object = FlagView(
            key: "O", definition: ["type": "object", "variants": ["a": [:]], "defaultVariant": "a"])
        #expect(try SetValue.change("{\"x\": [1]}", for: "O", of: object) == .set("O", value: ["x": [1]]))
    }

    @Test("What is neither is refused, with the variants and the nearest one")
    func neither() {
        let failure = self.failure("onn", self.tickets)
        #expect(failure?.status == .invalid)
        #expect(failure?.problem.detail == "\"onn\" is neither a variant of T (off, on) nor a boolean")
        #expect(failure?.problem.suggestion == "on")
        #expect(self.failure("1.5", self.ttl)?.status == .invalid)
        #expect(self.failure("9007199254740992", self.ttl)?.status == .invalid)
        #expect(self.failure("NaN", self.ttl)?.status == .invalid)
    }

    @Test("A mistyped variant of a string flag does not overwrite the default variant's value")
    func slip() throws {
        let failure = self.failure("orgin", self.binding)
        #expect(failure?.problem.suggestion == "origin")
        #expect(failure?.hint?.contains("--literal") == true)
        #expect(
            try SetValue.change("orgin", for: "T", of: self.binding, isLiteral: true) == .set("T", value: "orgin"))
    }

    @Test("A value that several variants have is refused, unless the default variant has it")
    func ambiguous() throws {
        var definition: [String: JSONValue] = [
            "type": "integer", "variants": ["a": 1, "b": 5, "c": 5], "defaultVariant": "a",
        ]
        let doubtful = FlagView(key: "T", definition: .object(definition))
        #expect(self.failure("5", doubtful)?.problem.detail.hasSuffix("name one: b, c") == true)
        definition["defaultVariant"] = "c"
        let clear = FlagView(key: "T", definition: .object(definition))
        #expect(try SetValue.change("5", for: "T", of: clear) == .serve("T", variant: "c"))
    }
}
