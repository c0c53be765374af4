import ArgumentParser

/// `flagctl doctor`.
struct DoctorCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Checks configuration, server, token, clocks and ticket store.",
        discussion: "Each line is ok, warn or fail, with what to do. Ends with code 1 when something fails.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        var doctor = Doctor(session, self.connection.selection)
        await doctor.examine()
        let findings = doctor.findings
        try session.show(findings) { Self.text(findings, session.style) }
        let failures = findings.count { $0.level == .fail }
        guard failures == 0 else {
            throw Failure(
                .error, "checks-failed", failures == 1 ? "one check failed" : "\(failures) checks failed",
                hint: session.format == .table ? "the lines above say what to do" : nil)
        }
    }

    private static func text(_ findings: [Finding], _ style: Style) -> String {
        let width = findings.map(\.subject.displayWidth).max() ?? 0
        return findings.map { finding in
            let emphasis: Style.Emphasis =
                switch finding.level {
                case .ok: .green
                case .warn: .yellow
                case .fail: .red
                }
            let level = finding.level.rawValue + String(repeating: " ", count: 6 - finding.level.rawValue.count)
            let padding = String(repeating: " ", count: width - finding.subject.displayWidth + 2)
            let margin = "\n" + String(repeating: " ", count: 6 + width + 2)
            let lines = ([finding.finding] + (finding.remedy.map { ["-> " + $0] } ?? []))
                .flatMap { $0.split(separator: "\n") }.map { String($0).printable }
            return style.apply(emphasis, level) + finding.subject + padding + lines.joined(separator: margin) + "\n"
        }.joined()
    }
}
