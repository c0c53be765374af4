import FlagModel

/// What a client wants carried along with a ticket: an object, and the text in which it is stored.
struct TicketMetadata: Sendable, Hashable {
    /// Nothing.
    static let none = Self(members: [:])

    /// The object.
    let members: [String: JSONValue]
    /// The object as canonical JSON; empty when it has no members.
    let text: String

    /// Metadata of these members.
    init(members: [String: JSONValue]) {
        self.members = members
        self.text = members.isEmpty ? "" : JSONValue.object(members).canonical
    }

    /// Reads ``text``, or nil when it is not that of an object.
    init?(text: String) {
        guard !text.isEmpty else {
            self = .none
            return
        }
        do throws(JSONSyntaxError) {
            guard let members = try JSONParser.parse(text).objectValue else { return nil }
            self.members = members
            self.text = text
        } catch {
            return nil
        }
    }
}
