import ArgumentParser

/// The user on whose behalf a ticket is handled.
struct JWTOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file with the user's JWT (FLAGCTL_JWT).", valueName: "path"), completion: .file())
    var jwtFile: String?

    /// The user's JWT.
    func jwt(_ session: Session) throws(Failure) -> Secret {
        if let jwt = try self.jwtIfGiven(session) { return jwt }
        throw Failure(
            .usage, "jwt-missing", "a user's JWT is needed",
            hint: "set FLAGCTL_JWT, or name a file with --jwt-file; it does not go on the command line")
    }

    /// The user's JWT, or nil when there is none.
    func jwtIfGiven(_ session: Session) throws(Failure) -> Secret? {
        if let path = self.jwtFile {
            let (text, name) = try DocumentFile.text(path, session)
            guard let jwt = Secret(text) else {
                throw Failure(.error, "jwt-unreadable", "\(name) does not hold one JWT")
            }
            return jwt
        }
        guard let text = session.surroundings.variable("FLAGCTL_JWT") else { return nil }
        guard let jwt = Secret(text) else {
            throw Failure(
                .usage, "jwt-malformed", "FLAGCTL_JWT is not a JWT: it has characters that a token cannot have")
        }
        return jwt
    }
}
