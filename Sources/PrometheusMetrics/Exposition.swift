/// Prometheus' text format, version 0.0.4.
public enum Exposition {
    /// What its content type is.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Writes metrics, by name; those without series are left out.
    public static func text(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families.sorted(by: { $0.description.name < $1.description.name }) where !family.samples.isEmpty {
            let description = family.description
            text += "# HELP \(description.name) \(Self.escaped(description.help, quotes: false))\n"
            text += "# TYPE \(description.name) \(description.kind.rawValue)\n"
            for sample in family.samples { Self.append(sample, of: description, to: &text) }
        }
        return text
    }

    private static func append(
        _ sample: MetricFamily.Sample, of description: MetricDescription, to text: inout String
    ) {
        switch sample.value {
        case .number(let number):
            text += "\(description.name)\(Self.labels(sample.labels)) \(Self.number(number))\n"
        case .buckets(let buckets, let sum):
            var count: Int64 = 0
            for (index, bucket) in buckets.enumerated() {
                count += bucket
                let bound = index < description.bounds.count ? description.bounds[index] : .infinity
                let labels = Self.labels(sample.labels, bound: Self.number(bound))
                text += "\(description.name)_bucket\(labels) \(count)\n"
            }
            let labels = Self.labels(sample.labels)
            text += "\(description.name)_sum\(labels) \(Self.number(sum))\n"
            text += "\(description.name)_count\(labels) \(count)\n"
        }
    }

    private static func labels(_ labels: Labels, bound: String? = nil) -> String {
        var pairs = labels.all.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
        if let bound { pairs.append("le=\"\(bound)\"") }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    private static func number(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}
