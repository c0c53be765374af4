internal import Hummingbird

extension AppRequestContext {
    /// The number, from 1, that stands in the path as `parameter`.
    ///
    /// - Throws: ``Refusal`` of `kind` when it is none: there is nothing of that number.
    func number(_ parameter: String, else kind: ProblemKind) throws(Refusal) -> Int64 {
        guard let number = self.parameters.get(parameter).flatMap({ Int64($0) }), number > 0 else {
            throw Refusal(kind, "the path names none: expected a number, from 1")
        }
        return number
    }
}
