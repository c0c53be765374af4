public import FlagModel

/// `POST /v1/webhooks`: someone who shall be told.
public struct WebhookCreateRequest: Sendable, Codable {
    /// Its name: 1 to 100 characters of `A-Z a-z 0-9 . _ -`.
    public var name: String
    /// Where: an `http` or `https` URL.
    public var url: String
    /// Of which environments; absent: all.
    public var environments: [EnvironmentName]?
    /// Of which events; absent: all.
    public var events: [String]?
    /// What to sign with, `whsec_` and base64 of 24 to 64 bytes; absent: one is made and shown once.
    public var secret: String?

    /// Creates the value of its parts.
    public init(
        name: String, url: String, environments: [EnvironmentName]? = nil, events: [String]? = nil,
        secret: String? = nil
    ) {
        self.name = name
        self.url = url
        self.environments = environments
        self.events = events
        self.secret = secret
    }
}
