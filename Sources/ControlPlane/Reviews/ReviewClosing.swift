internal import FlagModel

/// Closes a review item.
struct ReviewClosing {
    var id: Int64
    var environment: EnvironmentName
    var author: Author
    var note: Reason
    var at: Timestamp

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<Review> {
        var review = try state.existingReview(self.id, in: self.environment)
        if let closing = review.closing {
            throw .reviewRefused(self.id, "\(closing.by) closed it at \(closing.at)")
        }
        guard review.author == Author.system.name || review.author != self.author.name else {
            throw .reviewRefused(self.id, "\(review.author) did what it is about; someone else has to close it")
        }
        review.closing = Review.Closing(by: self.author.name, at: self.at, note: self.note.text)
        let audit = AuditDraft(
            at: self.at, actor: self.author.name, action: "reviews.close", environment: self.environment,
            revision: nil, reason: self.note.text, detail: ["review": .integer(self.id)])
        return Decision(review, writes: [.review(review), .audit(audit)])
    }
}
