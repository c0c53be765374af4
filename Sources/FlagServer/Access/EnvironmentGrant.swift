internal import ControlPlane
internal import FlagModel

/// An access token together with the environment of the request's path, which it is good for.
struct EnvironmentGrant: Sendable {
    /// The token.
    var grant: Grant
    /// The environment.
    var environment: EnvironmentName

    /// The holder, as the author of changes.
    var author: Author { self.grant.author }
}
