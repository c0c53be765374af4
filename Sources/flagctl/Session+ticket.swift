extension Session {
    /// The ticket that an argument spells, or standard input when it is `-`.
    func ticket(_ argument: String) throws(Failure) -> Secret {
        let text = argument == "-" ? self.surroundings.console.readLine(secret: true) ?? "" : argument
        // The text is not repeated: whatever it is, it was meant as a secret.
        guard let ticket = Secret(text), ticket.revealed.utf8.count <= 256,
            ticket.revealed.utf8.allSatisfy({ UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 })
        else {
            throw Failure(.usage, "ticket-malformed", "this is not a ticket: expected 43 characters of base64url")
        }
        return ticket
    }
}
