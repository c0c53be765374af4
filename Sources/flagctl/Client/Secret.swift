/// A token or JWT. It describes itself as hidden, so that it does not slip into a message.
struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The secret, for the one header that carries it.
    let revealed: String

    /// A secret with white space around it removed, or nil when nothing is left or it cannot stand in a header.
    init?(_ text: String) {
        let isBlank = { (character: Character) in character.isWhitespace || character.isNewline }
        let trimmed = text.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        guard !trimmed.isEmpty, trimmed.allSatisfy({ $0.isASCII && "!"..."~" ~= $0 }) else {
            return nil
        }
        self.revealed = String(trimmed)
    }

    var description: String { "(hidden)" }
    var debugDescription: String { "(hidden)" }
}
