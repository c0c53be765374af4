/// The keys that may have signed a user's JWT. Immutable: other keys are another set.
struct JWTKeySet: Sendable {
    private let keys: [JWTVerificationKey]

    /// A set of `keys`; without any, every token is refused.
    ///
    /// - Throws: ``JWTConfigurationError`` when two have the same id: a token could not say which it means.
    init(_ keys: [JWTVerificationKey]) throws(JWTConfigurationError) {
        var ids: Set<String> = []
        for key in keys {
            guard let id = key.id else { continue }
            guard ids.insert(id).inserted else {
                throw JWTConfigurationError("two JWT keys have the id \"\(id)\". Give each an id of its own")
            }
        }
        self.keys = keys
    }

    /// The key that must have signed a token whose header names `algorithm` and perhaps a key.
    ///
    /// The key decides the algorithm, never the token. A token that names a key is not tried with any other; one that
    /// names none is verified by the only key of its algorithm, if there is only one.
    ///
    /// - Throws: ``JWTRefusal`` with `algorithm-not-allowed` or `unknown-key`.
    func key(algorithm: String, id: String?) throws(JWTRefusal) -> JWTVerificationKey {
        let isForAlgorithm = { (key: JWTVerificationKey) in key.algorithm.rawValue == algorithm }
        guard let first = self.keys.first(where: isForAlgorithm) else {
            throw JWTRefusal(.algorithmNotAllowed, "its algorithm is none of those that keys are configured for")
        }
        guard let id else {
            guard self.keys.count(where: isForAlgorithm) == 1 else {
                throw JWTRefusal(.unknownKey, "it names no key, and several are configured for its algorithm")
            }
            return first
        }
        guard let key = self.keys.first(where: { $0.id?.utf8.elementsEqual(id.utf8) ?? false }) else {
            throw JWTRefusal(.unknownKey, "no key is configured under the id that its header names")
        }
        guard key.algorithm.rawValue == algorithm else {
            throw JWTRefusal(.algorithmNotAllowed, "the key that it names is for another algorithm")
        }
        return key
    }
}
