import FlagModel
import Foundation

/// Two rollouts against a real server and a real Redis, with hours as seconds: one that completes, and one in which something
/// breaks at 25 % and the server takes everything back by itself.
@main
enum Demo {
    private static let flag = "ENABLE_WEBSOCKET_TICKETS"

    static func main() async {
        do {
            try await self.run()
        } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(EXIT_FAILURE)
        }
    }

    private static func run() async throws {
        let project = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let folder = URL(fileURLWithPath: CommandLine.arguments.dropFirst().first ?? "var/demo")
        if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let transcript = try Transcript(folder.appendingPathComponent("transcript.txt"))

        let stage = try await Stage(project: project, folder: folder, transcript: transcript)
        defer { stage.close() }
        let interruption = self.onInterruption { stage.close() }
        defer { interruption.cancel() }
        let crowd = Crowd(on: stage, users: 5_000, attemptsPerSecond: 400)
        let connecting = Task {
            do {
                try await crowd.run()
            } catch {
                guard !Task.isCancelled else { return }
                // Without users the rollout stands still and says so; why there are none is told here.
                FileHandle.standardError.write(Data("error: the users have gone: \(error)\n".utf8))
            }
        }
        defer { connecting.cancel() }

        await transcript.say("A rollout of tickets in five steps, while 5,000 users connect 400 times a second")
        let good = try await self.rollOut(on: stage, number: 1) { _ in }
        try self.require(good.last?.phase == "completed", "the first rollout did not complete")

        await transcript.say("Back to the beginning, for another one")
        try await stage.flagctl(
            "rollout", "set", Stage.environment, self.flag, "0", "--reason", "once more", "--yes", "--wait")

        await transcript.say("The same again. At 25 %, the addresses of some users begin to change on the way")
        var faultAt: Double?
        let bad = try await self.rollOut(on: stage, number: 2) { sample in
            guard faultAt == nil, sample.percentage == 25 else { return }
            faultAt = sample.time
            crowd.roam(share: 0.25)
        }
        try self.require(bad.last?.phase == "rolled-back", "the second rollout was not rolled back")
        try await stage.flagctl("rollout", "history", Stage.environment, "2")
        try await stage.flagctl("review", "list", Stage.environment)

        let chart = Chart(title: "A rollout that the server rolled back by itself", samples: bad, faultAt: faultAt)
        try Data(chart.svg.utf8).write(to: folder.appendingPathComponent("rollout.svg"))
        await transcript.say("The picture is in \(folder.path)/rollout.svg, this text in transcript.txt beside it")
    }

    /// Starts a rollout and shows it until its end.
    private static func rollOut(
        on stage: Stage, number: Int64, observe: @escaping (Sample) -> Void
    ) async throws -> [Sample] {
        try await stage.flagctl(
            "rollout", "start", Stage.environment, self.flag, "-f", "Examples/Demo/plan.yaml", "--reason",
            "rollout \(number) of the demo", "--yes")
        var recorder = Recorder(number, on: stage)
        async let watch = stage.flagctl("rollout", "status", Stage.environment, "\(number)", "--watch")
        try await recorder.run(andAfter: 12, observe: observe)
        _ = try await watch
        return recorder.samples
    }

    /// Cleans up before the program is ended from the keyboard.
    private static func onInterruption(_ cleanUp: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler {
            cleanUp()
            exit(130)
        }
        source.resume()
        return source
    }

    private static func require(_ condition: Bool, _ message: String) throws {
        if !condition { throw DemoError("\(message); the logs tell why") }
    }
}
