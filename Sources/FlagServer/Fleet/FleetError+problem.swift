internal import ControlPlane
internal import FlagAPI

extension FleetError: ProblemConvertible {
    var refusal: Refusal {
        switch self {
        case .idTaken: return Refusal(.instanceIDTaken, self.description)
        case .unknown: return Refusal(.unknownInstance, self.description)
        case .full:
            var refusal = Refusal(.tooManyInstances, self.description)
            // Those that say nothing any more make room within minutes.
            refusal.retry(afterSeconds: 60)
            return refusal
        }
    }
}
