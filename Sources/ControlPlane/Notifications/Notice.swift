internal import FlagModel

/// Something that webhooks are told.
struct Notice: Sendable {
    /// What happened.
    var event: WebhookEvent
    /// Where.
    var environment: EnvironmentName
    /// When.
    var at: Timestamp
    /// What exactly.
    var data: JSONValue

    /// What is sent.
    ///
    /// - Parameter id: The event's id, the same however often and to whomever it is sent.
    func body(id: String) -> String {
        Self.body(id: id, type: self.event.rawValue, at: self.at, environment: self.environment, data: self.data)
    }

    /// What is sent of an event, be it one that only tries the way.
    static func body(
        id: String, type: String, at: Timestamp, environment: EnvironmentName?, data: JSONValue
    ) -> String {
        var members: [String: JSONValue] = [
            "id": .string(id), "type": .string(type), "timestamp": .string(at.description), "data": data,
        ]
        if let environment { members["environment"] = .string(environment.text) }
        return JSONValue.object(members).canonical
    }
}
