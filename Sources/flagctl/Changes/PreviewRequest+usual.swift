import FlagAPI
import FlagModel

extension PreviewRequest {
    /// The synthetic users of a preview for which nobody gave a sample.
    static let usual = PreviewRequest(synthetic: Int64(ImpactSample.maximumCount))
}
