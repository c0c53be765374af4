/// Where the Prometheus is that guards ask: `https://prometheus.example.com`, with a port and a path where there are any.
///
/// Only the server's configuration names it. A plan that could would have the server send requests to wherever its author
/// likes.
struct PrometheusAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address without a slash at its end.
    let description: String

    /// Nil unless `text` is an address of http or https with a host, without credentials, query or fragment.
    init?(_ text: String) {
        guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else { return nil }
        let rest = text.dropFirst(scheme.count)
        guard let first = rest.first, first != "/", first != ":",
            !rest.contains(where: { $0.isWhitespace || "?#@".contains($0) })
        else { return nil }
        self.description = String(text.last == "/" ? text.dropLast() : text[...])
    }
}
