import Foundation

/// The Python environment with other people's clients, which `scripts/python-packages` makes.
enum PythonClients {
    /// The folder of the environment's programs, python3 among them.
    ///
    /// - Throws: When it is not there, with how to make it: a test that needs it fails, as nobody would see it skipped.
    static func folder() throws -> URL {
        let variables = ProcessInfo.processInfo.environment
        var python = URL(filePath: variables["SIGNALBOX_PYTHON"] ?? "")
        if variables["SIGNALBOX_PYTHON"] == nil {
            let cache = variables["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache"
            let home = variables["SIGNALBOX_PYTHON_HOME"] ?? cache + "/signalbox/python"
            python = URL(filePath: home).appending(path: "bin/python3")
        }
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw HarnessError(
                "\(python.path) is missing; scripts/python-packages installs it, SIGNALBOX_PYTHON names another")
        }
        return python.deletingLastPathComponent()
    }

    /// Runs a script of `Tests/Python` to its end.
    static func run(_ script: String, input: String) async throws -> Program.Result {
        try await Program.run(
            try Self.folder().appending(path: "python3").path,
            [Built.project.appending(path: "Tests/Python/\(script)").path], input: input)
    }
}
