internal import FlagModel
internal import HTTPTypes

/// An error that clients may hear of. Each type says itself as which problem.
protocol ProblemConvertible: Error {
    /// The problem to answer with.
    var refusal: Refusal { get }
}

extension Refusal: ProblemConvertible {
    var refusal: Refusal { self }
}

extension JSONSyntaxError: ProblemConvertible {
    var refusal: Refusal { Refusal(.requestMalformed, "the body is not JSON: \(self.description)") }
}

extension InvalidDocument: ProblemConvertible {
    var refusal: Refusal { Refusal(invalid: self.issues) }
}

extension JWTRefusal: ProblemConvertible {
    var refusal: Refusal {
        var refusal = Refusal(.jwtInvalid, self.description)
        refusal.headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
        return refusal
    }
}
