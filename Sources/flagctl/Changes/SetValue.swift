import FlagAPI
import FlagModel

/// What `flagctl set ENV FLAG VALUE` means.
enum SetValue {
    /// The step that `text` asks for: a variant's name, or a value that a variant has, serves that variant; another value
    /// of the flag's type becomes the default variant's.
    ///
    /// - Parameter isLiteral: Takes `text` as a value even where a variant has that name, or nearly.
    /// - Throws: ``Failure`` when it is neither.
    static func change(
        _ text: String, for key: FlagKey, of flag: FlagView, isLiteral: Bool = false
    ) throws(Failure) -> FlagChange {
        if !isLiteral, flag.variants[text] != nil { return .serve(key, variant: text) }
        guard let type = flag.type else {
            throw Failure(
                .error, "unknown-type",
                "\(key) has a type that this flagctl does not know; name one of its variants: \(flag.variantNames)")
        }
        let suggestion = isLiteral ? nil : NearestName.suggestion(for: text, among: flag.variants.keys.sorted())
        guard let value = Self.value(text, of: type) else {
            var failure = Failure(
                .invalid, "value-invalid",
                "\"\(text)\" is neither a variant of \(key) (\(flag.variantNames)) nor \(type.phrase)")
            failure.problem.suggestion = suggestion
            throw failure
        }
        let holders = flag.variants.filter { type.normalize($0.value) == value }.keys.sorted()
        if let current = flag.defaultVariant, holders.contains(current) { return .serve(key, variant: current) }
        if holders.count > 1 {
            throw Failure(
                .invalid, "value-ambiguous",
                "more than one variant of \(key) has the value \(value.canonical); name one: "
                    + holders.joined(separator: ", "))
        }
        if let holder = holders.first { return .serve(key, variant: holder) }
        // Any text is a string: a mistyped variant's name must not overwrite the default variant's value.
        if type == .string, let suggestion {
            var failure = Failure(
                .invalid, "value-doubtful",
                "\(key) has no variant \"\(text)\", but one named \"\(suggestion)\"; nothing was written",
                hint: "if \"\(text)\" is to be the value of \(flag.defaultVariant ?? "the default variant"): --literal")
            failure.problem.suggestion = suggestion
            throw failure
        }
        return .set(key, value: value)
    }

    /// The value of that type that the text spells, or nil.
    private static func value(_ text: String, of type: FlagType) -> JSONValue? {
        if type == .string { return .string(text) }
        return (try? JSONParser.parse(text)).flatMap(type.normalize)
    }
}
