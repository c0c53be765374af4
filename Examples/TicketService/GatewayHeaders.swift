import HTTPTypes

/// What the gateway says of the user whom it has authenticated. It has to remove such headers from what users send.
struct GatewayHeaders {
    let id: String?
    let email: String?
    let permissions: [String]
    let clientAddress: String?

    init(_ headers: HTTPFields) {
        func value(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        self.id = value("X-User-ID")
        self.email = value("X-User-Email")
        self.permissions = value("X-User-Permissions").map { $0.split(separator: " ").map(String.init) } ?? []
        self.clientAddress = value("X-Client-Address")
    }
}
