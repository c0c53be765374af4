import FlagAPI
import FlagModel

extension ConfigurationFile {
    /// The context of that name.
    ///
    /// - Throws: ``Failure`` with the name that was perhaps meant.
    func named(_ name: String) throws(Failure) -> Context {
        if let context = self.contexts[name] { return context }
        var failure = Failure(
            .usage, "unknown-context", "there is no context \"\(name)\"", hint: "see flagctl context list")
        failure.problem.suggestion = NearestName.suggestion(for: name, among: self.contexts.keys.sorted())
        throw failure
    }
}
