/// Names as Prometheus wants them.
enum MetricName {
    /// A metric's name: `http.requests` becomes `http_requests`.
    ///
    /// - Parameter suffix: What it has to end with.
    static func metric(_ label: String, suffix: String = "") -> String {
        let name = Self.clean(label, also: ":")
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    /// A label's name.
    static func label(_ name: String) -> String { Self.clean(name, also: "_") }

    private static func clean(_ text: String, also extra: Unicode.Scalar) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            let isAllowed = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == extra || isDigit
            if scalars.isEmpty, isDigit { scalars.append("_") }
            scalars.append(isAllowed ? scalar : "_")
        }
        return scalars.isEmpty ? "_" : String(scalars)
    }
}
