internal import FlagModel

extension FlagKey {
    /// The key that stands in a path.
    ///
    /// - Throws: ``Refusal`` `unknown-flag` when it cannot be one.
    init(inPath text: String?) throws(Refusal) {
        guard let text, FlagKey.isValid(text) else {
            throw Refusal(.unknownFlag, "the path does not name a flag; a key is \(FlagKey.pattern)")
        }
        self.init(unchecked: text)
    }
}
