internal import FlagModel
internal import Hummingbird

extension Request {
    /// The whole number that stands in the query as `name`; nil when there is none.
    ///
    /// - Throws: ``Refusal`` `request-invalid` when it is not a whole number within `range`.
    func integer(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int64? {
        guard let text = self.uri.queryParameters[name[...]] else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            let limit =
                range.upperBound == .max ? "from \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            throw Refusal(invalid: [Issue(path: name, message: "expected a whole number, \(limit)")])
        }
        return number
    }
}
