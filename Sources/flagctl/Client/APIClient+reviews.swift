import FlagAPI
import FlagModel

extension APIClient {
    /// An environment's review items, newest first.
    func reviews(_ name: EnvironmentName, all: Bool, limit: Int) async throws(Failure) -> ReviewList {
        try await self.send(
            "GET", Self.path(name, "reviews"), query: [("state", all ? "all" : "open"), ("limit", String(limit))])
    }

    /// A review item.
    func review(_ id: Int64, in name: EnvironmentName) async throws(Failure) -> ReviewDetail {
        try await self.send("GET", Self.path(name, "reviews", String(id)))
    }

    /// Closes a review item.
    func closeReview(_ id: Int64, in name: EnvironmentName, note: String) async throws(Failure) -> ReviewDetail {
        try await self.send(
            "POST", Self.path(name, "reviews", String(id), "close"), body: ReviewCloseRequest(note: note))
    }
}
