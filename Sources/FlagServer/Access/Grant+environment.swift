internal import FlagModel

extension Grant {
    /// The environment that a path names, if the token is good for it.
    ///
    /// - Throws: ``Refusal`` `environment-forbidden` or, for a token that is good everywhere, `unknown-environment` when
    ///   the text cannot be a name. Whether there is such an environment is not looked up.
    func environment(inPath text: String) throws(Refusal) -> EnvironmentName {
        let environment = EnvironmentName.isValid(text) ? EnvironmentName(unchecked: text) : nil
        // A token for some environments does not learn which others there are.
        if let environments = self.environments, !environments.contains(where: { $0 == environment }) {
            let names = environments.map(\.text).joined(separator: ", ")
            throw Refusal(.environmentForbidden, "the token is good for \(names) only")
        }
        guard let environment else {
            throw Refusal(.unknownEnvironment, "the path does not name an environment; use \(EnvironmentName.pattern)")
        }
        return environment
    }
}
