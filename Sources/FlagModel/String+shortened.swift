extension String {
    /// The text as a message may quote it: at most `length` characters, and an ellipsis for the rest.
    ///
    /// What a message quotes comes from outside and may be a megabyte long.
    package func shortened(to length: Int = 100) -> String {
        // Bytes are counted first, which is quick; scalars are cut, so that no character is taken apart.
        guard self.utf8.count > length, self.unicodeScalars.count > length else { return self }
        return String(self.unicodeScalars.prefix(length)) + "…"
    }

    /// Whether two texts are the same characters in the same encoding: `==` on strings takes a composed and a decomposed
    /// accent for equal, JSON, JavaScript and a digest do not.
    func isSame(as other: String) -> Bool {
        self.utf8.count == other.utf8.count && self == other && self.utf8.elementsEqual(other.utf8)
    }
}
