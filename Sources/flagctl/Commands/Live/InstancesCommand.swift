import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl instances`.
struct InstancesCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "instances", abstract: "Who listens to an environment, and which revision each has.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Flag(
        name: .shortAndLong, help: "Keep looking, until Ctrl-C: in place on a terminal, else a line for what changed.")
    var watch = false

    @Flag(help: "Also those that are gone.")
    var all = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let api = try session.api(self.connection.selection)
        guard self.watch else {
            let list = try await self.list(api)
            return try session.show(list) { self.text(list, session) }
        }
        try await session.untilInterrupted { () async throws(Failure) in
            try await self.watch(session, api)
        }
    }

    private func list(_ api: APIClient) async throws(Failure) -> InstanceList {
        var list = try await api.instances(of: self.environment)
        if !self.all { list.instances.removeAll { $0.state == .gone } }
        return list
    }

    private func watch(_ session: Session, _ api: APIClient) async throws(Failure) {
        let isInPlace = session.format == .table && session.surroundings.console.isTerminal(.output)
        var last: InstanceList?
        while !Task.isCancelled {
            let list = try await self.list(api)
            if isInPlace {
                // From the top left, over what is there, and nothing below.
                try session.write("\u{1B}[H\u{1B}[2J" + self.text(list, session))
            } else if session.format == .table {
                try session.write(self.news(list, since: last, session))
            } else if list != last {
                try session.write(try Session.json(list).canonical + "\n")
            }
            last = list
            await session.surroundings.sleep(.seconds(1))
        }
    }

    private func text(_ list: InstanceList, _ session: Session) -> String {
        let title = "\(list.environment), revision \(list.revision), " + Self.count(list.instances)
        return session.style.apply(.bold, title) + "\n"
            + (list.instances.isEmpty
                ? "" : session.table(InstanceSummary.columns, list.instances.map(\.row)))
    }

    /// A line for each instance of which something changed that an operator wants to know.
    private func news(_ list: InstanceList, since last: InstanceList?, _ session: Session) -> String {
        let known = Dictionary((last?.instances ?? []).map { ($0.id, $0) }) { $1 }
        let present = Set(list.instances.map(\.id))
        let changed = list.instances.filter { instance in
            known[instance.id].map { ($0.revision, $0.state) != (instance.revision, instance.state) } ?? true
        }
        let at = session.surroundings.now().short
        let lines = changed.map { "\(at)  \($0.id) (\($0.name)) is \($0.state.rawValue) at revision \($0.revision)" }
        let gone = known.keys.filter { !present.contains($0) }.sorted().map { "\(at)  \($0) is gone" }
        return (lines + gone).map { $0.printable + "\n" }.joined()
    }

    private static func count(_ instances: [InstanceSummary]) -> String {
        let current = instances.count { $0.state == .current }
        return instances.isEmpty ? "no instances" : "\(current) of \(instances.count) instances current"
    }
}
