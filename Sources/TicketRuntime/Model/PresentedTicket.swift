/// A text that has the form of a ticket. Whether it is one, only the store knows.
///
/// A single-use ticket is 32 random bytes in base64url: 43 characters. A multi-use ticket is the letter `m` before such a
/// text: 44 characters. The consumer has to know which of the two it holds before it asks the store, as one is spent
/// and the other is not; and nobody can turn one into the other, because the store's key is the digest of the *whole*
/// text: with the letter added or taken away it is another key, under which there is nothing. The record names its kind
/// as well, and is refused under a text of the other.
public struct PresentedTicket: Sendable {
    /// The number of characters of a single-use ticket.
    public static let length = 43
    static let multiUseMark = UInt8(ascii: "m")

    /// The ticket itself. A secret.
    public let text: String
    /// How often it is good, if it is one.
    public let kind: TicketKind

    /// Takes a text as a ticket, or nil when it cannot be one.
    public init?(_ text: String) {
        var text = text
        let count = text.utf8.count
        guard count == Self.length || count == Self.length + 1 else { return nil }
        let isTicket = text.withUTF8 { characters in
            characters.allSatisfy(Self.isAllowed) && (count == Self.length || characters[0] == Self.multiUseMark)
        }
        guard isTicket else { return nil }
        self.text = text
        self.kind = count == Self.length ? .singleUse : .multiUse
    }

    /// A ticket that was made here.
    init(minted text: String, kind: TicketKind) {
        self.text = text
        self.kind = kind
    }

    private static func isAllowed(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension PresentedTicket: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the ticket.
    public var description: String { "PresentedTicket(redacted)" }
    /// Never the ticket.
    public var debugDescription: String { self.description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
