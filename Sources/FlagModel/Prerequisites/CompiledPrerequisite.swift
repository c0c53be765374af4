/// A prerequisite with the flag that it names, ready for evaluation.
struct CompiledPrerequisite: Sendable {
    /// The flag that is required.
    let flag: CompiledFlag
    /// The variant that it must answer.
    let variant: String

    /// Whether a context fulfils it.
    ///
    /// A flag that is switched off or was killed fulfils nothing, whatever its safe variant is: what was taken back takes
    /// along what was built on it.
    func isMet(by context: EvaluationContext, timestamp: Int64?) -> Bool {
        self.flag.definition.isAnswering
            && self.flag.evaluate(context, timestamp: timestamp).variant == self.variant
    }
}
