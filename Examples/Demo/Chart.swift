import Foundation

/// Draws a rollout: the percentage above; below it the failure ratios of those in the rollout and of the others, with the
/// bounds of the difference; and the moment at which the server took everything back.
struct Chart {
    /// A part of the picture with a scale of its own.
    private struct Panel {
        var top: Double
        var height: Double
        var maximum: Double

        func y(_ value: Double) -> Double { self.top + self.height * (1 - min(max(value / self.maximum, 0), 1)) }
    }

    private static let width = 860.0
    private static let left = 64.0
    private static let right = 20.0
    private static let height = 520.0

    let title: String
    let samples: [Sample]
    /// When the fault was injected, in seconds.
    let faultAt: Double?

    private var duration: Double { max(self.samples.last?.time ?? 1, 1) }
    /// The moment at which the server began to take it back.
    private var rolledBackAt: Double? { self.samples.first { $0.phase == "rolled-back" }?.time }

    /// The picture as SVG.
    var svg: String {
        let share = Panel(top: 64, height: 170, maximum: 100)
        let ratio = Panel(top: 300, height: 170, maximum: self.greatestRatio)
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" \
            font-family="system-ui, sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="#ffffff"/>
            """,
            self.text(self.title, x: Self.left, y: 28, size: 17),
            self.text("percentage in force", x: Self.left, y: share.top - 10),
            self.text("failures of attempts", x: Self.left, y: ratio.top - 10),
        ]
        parts += self.grid(share, lines: [0, 25, 50, 75, 100]) { "\(Int($0)) %" }
        parts += self.grid(ratio, lines: (0...4).map { ratio.maximum * Double($0) / 4 }) {
            String(format: "%.0f %%", $0 * 100)
        }
        parts += self.seconds(below: ratio)
        parts.append(self.band(ratio))
        parts.append(self.steps(share))
        parts.append(self.line(ratio, "#d9480f", \.cohort))
        parts.append(self.line(ratio, "#1971c2", \.rest))
        parts += self.moment(self.faultAt, "fault", "#868e96", labelAt: 60)
        parts += self.moment(self.rolledBackAt, "rolled back", "#c92a2a", labelAt: 46)
        parts += self.legend(below: ratio)
        return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private var greatestRatio: Double {
        let values = self.samples.flatMap { [$0.cohort, $0.rest, $0.bounds?.upperBound].compactMap(\.self) }
        // Wide bounds of the first attempts would flatten everything else.
        return min(max((values.max() ?? 0) * 1.1, 0.05), 0.5)
    }

    private func x(_ time: Double) -> Double {
        Self.left + (Self.width - Self.left - Self.right) * time / self.duration
    }

    private func grid(_ panel: Panel, lines: [Double], label: (Double) -> String) -> [String] {
        lines.flatMap { value in
            let y = panel.y(value)
            return [
                "<line x1=\"\(Self.left)\" x2=\"\(Self.width - Self.right)\" y1=\"\(y)\" y2=\"\(y)\" stroke=\"#e9ecef\"/>",
                self.text(label(value), x: Self.left - 8, y: y + 4, anchor: "end", color: "#495057"),
            ]
        }
    }

    private func seconds(below panel: Panel) -> [String] {
        let interval = self.duration > 40 ? 10 : 5
        return stride(from: 0, through: Int(self.duration), by: interval).map { second in
            self.text(
                "\(second) s", x: self.x(Double(second)), y: panel.top + panel.height + 18, anchor: "middle",
                color: "#495057")
        }
    }

    /// The percentage, which changes at once and not gradually.
    private func steps(_ panel: Panel) -> String {
        var points: [String] = []
        var before: Double?
        for sample in self.samples {
            if let before { points.append(self.point(sample.time, panel.y(before))) }
            points.append(self.point(sample.time, panel.y(sample.percentage)))
            before = sample.percentage
        }
        return self.polyline(points, "#2b8a3e", width: 2.5)
    }

    private func line(_ panel: Panel, _ color: String, _ value: (Sample) -> Double?) -> String {
        let points = self.samples.compactMap { sample in
            value(sample).map { self.point(sample.time, panel.y($0)) }
        }
        return self.polyline(points, color, width: 2)
    }

    /// Where the cohort's ratio lies by the bounds: the rest's, and the difference on top.
    private func band(_ panel: Panel) -> String {
        let known = self.samples.compactMap { sample in
            sample.bounds.map { (sample.time, $0, sample.rest ?? 0) }
        }
        let upper = known.map { self.point($0.0, panel.y($0.2 + $0.1.upperBound)) }
        let lower = known.reversed().map { self.point($0.0, panel.y($0.2 + $0.1.lowerBound)) }
        return "<polygon points=\"\((upper + lower).joined(separator: " "))\" fill=\"#ffd8a8\" opacity=\"0.6\"/>"
    }

    private func moment(_ time: Double?, _ name: String, _ color: String, labelAt y: Double) -> [String] {
        guard let time else { return [] }
        let x = self.x(time)
        return [
            """
            <line x1="\(x)" x2="\(x)" y1="48" y2="470" stroke="\(color)" stroke-width="1.5" stroke-dasharray="5 4"/>
            """,
            self.text("\(name), \(String(format: "%.1f", time)) s", x: x - 4, y: y, anchor: "end", color: color),
        ]
    }

    private func legend(below panel: Panel) -> [String] {
        let entries = [
            ("#d9480f", "in the rollout"), ("#1971c2", "the others"),
            ("#ffd8a8", "in the rollout by the bounds of the comparison"),
        ]
        return entries.enumerated().flatMap { index, entry in
            let x = Self.left + [0, 130, 240][index]
            return [
                "<rect x=\"\(x)\" y=\"496\" width=\"14\" height=\"10\" fill=\"\(entry.0)\"/>",
                self.text(entry.1, x: x + 20, y: 505, color: "#495057"),
            ]
        }
    }

    private func point(_ time: Double, _ y: Double) -> String { String(format: "%.1f,%.1f", self.x(time), y) }

    private func polyline(_ points: [String], _ color: String, width: Double) -> String {
        "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"\(width)\"/>"
    }

    private func text(
        _ text: String, x: Double, y: Double, size: Int = 12, anchor: String = "start", color: String = "#212529"
    ) -> String {
        "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(size)\" text-anchor=\"\(anchor)\" fill=\"\(color)\">\(text)</text>"
    }
}
