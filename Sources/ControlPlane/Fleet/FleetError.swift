public import FlagModel

/// Why the fleet did not take an instance in, or does not know it.
public enum FleetError: Error, Sendable, Hashable {
    /// A live instance that another access token introduced has that id.
    case idTaken(InstanceID)
    /// There is no room for another instance.
    case full(EnvironmentName, limit: Int)
    /// There is no instance of that id.
    case unknown(InstanceID, EnvironmentName)
}

extension FleetError: CustomStringConvertible {
    /// What happened, and what to do about it.
    public var description: String {
        switch self {
        case .idTaken(let id):
            "the id \(id) belongs to an instance with another access token, until that is gone; choose another id"
        case .full(let environment, let limit):
            "\(environment) has \(limit) instances, which is all that are kept track of; let instances keep their ids "
                + "over restarts and say when they leave, or read the stream without an id"
        case .unknown(let id, let environment):
            "there is no instance \(id) in \(environment); list the instances to see them"
        }
    }
}
