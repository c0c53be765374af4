public import FlagModel
internal import Foundation

/// What a webhook shall be told, and where.
public struct WebhookGrant: Sendable, Hashable {
    /// The greatest length of an address.
    public static let longestURL = 2000

    /// Its name: 1 to 100 characters of `A-Z a-z 0-9 . _ -`, not in use by another.
    public var name: String
    /// Where: an `http` or `https` URL without a user, a password or a fragment.
    public var url: String
    /// Of which environments; nil: all.
    public var environments: [EnvironmentName]?
    /// Of which events; nil: all.
    public var events: [WebhookEvent]?

    /// What a webhook shall be told.
    public init(name: String, url: String, environments: [EnvironmentName]? = nil, events: [WebhookEvent]? = nil) {
        self.name = name
        self.url = url
        self.environments = environments
        self.events = events
    }

    /// The address without path and query, which may hold a credential.
    public var origin: String {
        guard let parts = URLComponents(string: self.url), let scheme = parts.scheme, let host = parts.host else {
            return ""
        }
        return "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }

    /// All that keeps it from being made.
    var issues: [Issue] {
        var issues: [Issue] = []
        if !FlagKey.isValid(self.name) {
            issues.append(Issue(path: "name", message: "a webhook's name has \(FlagKey.pattern)"))
        }
        let parts = self.url.utf8.count <= Self.longestURL ? URLComponents(string: self.url) : nil
        if let parts, ["http", "https"].contains(parts.scheme?.lowercased()), parts.host?.isEmpty == false {
            if parts.user != nil || parts.password != nil || parts.fragment != nil {
                issues.append(Issue(path: "url", message: "has a user, a password or a fragment; leave that out"))
            }
        } else {
            issues.append(Issue(path: "url", message: "expected a URL such as https://hooks.example.com/signalbox"))
        }
        if self.environments?.isEmpty == true {
            issues.append(Issue(path: "environments", message: "name at least one, or leave it out for all"))
        }
        if self.events?.isEmpty == true {
            issues.append(Issue(path: "events", message: "name at least one, or leave it out for all"))
        }
        return issues
    }
}
