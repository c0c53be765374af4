internal import FlagModel
internal import PrometheusMetrics

extension MetricFamily {
    /// The label that names an environment.
    static let environmentLabel = "environment"

    /// The series of no environment, and of those that may be shown.
    func only(where isShown: (EnvironmentName) -> Bool) -> Self {
        var family = self
        family.samples = self.samples.filter { sample in
            guard let name = sample.labels.all.first(where: { $0.name == Self.environmentLabel })?.value else {
                return true
            }
            return isShown(EnvironmentName(unchecked: name))
        }
        return family
    }
}
