internal import HTTPTypes
internal import TicketRuntime

/// The proxies whose word about the client's address is taken.
struct TrustedProxies: Sendable, Hashable {
    /// Nobody's word is taken.
    static let none = TrustedProxies(addresses: [])

    /// The proxies' addresses in canonical form.
    private let addresses: Set<String>

    private init(addresses: Set<String>) {
        self.addresses = addresses
    }

    /// Reads addresses separated by commas, or nil when one of them is no address.
    init?(_ text: String) {
        var addresses: Set<String> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let address = NetworkAddress.canonical(part.withoutOuterSpace) else { return nil }
            addresses.insert(address)
        }
        self.addresses = addresses
    }

    /// The client's address: `peer`, unless that is a trusted proxy; then the last entry of `X-Forwarded-For` that is
    /// not. What stands further left was sent by the client and may be invented.
    ///
    /// - Returns: Nil when it is not known: there is no peer, or the proxies name no client.
    func client(of headers: HTTPFields, from peer: String?) -> String? {
        guard let peer, !self.addresses.isEmpty, self.addresses.contains(NetworkAddress.canonical(peer) ?? peer),
            let name = HTTPField.Name.xForwardedFor
        else { return peer }
        let hops = headers[values: name].flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for hop in hops.reversed() {
            // Whatever is left of an entry that is no address comes from nobody who is trusted.
            guard let address = NetworkAddress.canonical(hop.withoutOuterSpace) else { return nil }
            if !self.addresses.contains(address) { return address }
        }
        return nil
    }
}

extension HTTPField.Name {
    /// The addresses that a request came through, each proxy adding the one before it at the end.
    fileprivate static let xForwardedFor = HTTPField.Name("X-Forwarded-For")
}

extension Substring {
    fileprivate var withoutOuterSpace: String {
        let start = self.drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...last])
    }
}
